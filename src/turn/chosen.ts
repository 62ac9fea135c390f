/** A tap, its label or its number under the last question, as the one thing they mean. */
import type { ConversationState } from './conversation-state.ts';
import { type KeptMeaning, type Meaning, meaningOf } from './meaning.ts';

/** Whether the text is the label of a button under the last question, letter by letter. */
export function isTapped(text: string, { lastAsked }: ConversationState): boolean {
  return lastAsked?.choices.some((it) => it.label === text) === true;
}

/** `1`, `１.`, 第一个, ①. */
export function chosenMeaning(text: string, state: ConversationState): Meaning | null {
  const choices = state.lastAsked?.choices ?? [];
  const plain = text.normalize('NFKC').trim();
  const byLabel = choices.find((it) => it.label.normalize('NFKC').toLowerCase() === plain.toLowerCase());
  if (byLabel) return withLabel(byLabel);
  const byClock = byItsClock(plain, choices);
  if (byClock !== null) return withLabel(byClock);
  const number = choiceNumber(plain);
  const byNumber = number === null ? undefined : choices[number - 1];
  return byNumber ? withLabel(byNumber) : null;
}

/** A tapped fault is the customer's description, in the label's words. */
function withLabel({ label, means: kept }: { readonly label: string; readonly means: KeptMeaning }): Meaning {
  const means = meaningOf(kept);
  if (means.type !== 'ANSWERED') return means;
  const reports = means.answers.reports.map((it) => ({ ...it, text: it.text ?? (it.faults.length > 0 ? label : null) }));
  return { ...means, text: label, answers: { ...means.answers, reports } };
}

const CLOCK =
  /^(?:那|就|约|要|选|还是)*(早上|上午|中午|下午|傍晚|晚上)?\s*(\d{1,2}|[一二两三四五六七八九]|十[一二]?)\s*(?:点|:00)(?:钟|整)?(?:的?(?:那个|那场|那档|那段|吧|好了|就行|就好|可以|行|啦|呗)*|开始)[.。!~]*$/u;
const START = /(\d{2}):(\d{2})[–-]/u;

/** 10点那个, where windows are offered: the only one that begins then, whatever its day. */
function byItsClock<Offered extends { readonly label: string; readonly means: KeptMeaning }>(
  plain: string,
  choices: readonly Offered[],
): Offered | null {
  const clock = CLOCK.exec(plain);
  if (clock === null) return null;
  const [, part, said = ''] = clock;
  const hour = /\d/.test(said) ? Number(said) : hourOf(said);
  const isLate = part === '下午' || part === '傍晚' || part === '晚上';
  const hours = hour > 12 || part === '早上' || part === '上午' ? [hour] : isLate ? [hour + 12] : [hour, hour + 12];
  const fitting = choices.filter(({ label, means }) => {
    const start = START.exec(label);
    return means.type === 'WINDOW_CHOSEN' && start !== null && start[2] === '00' && hours.includes(Number(start[1]));
  });
  const [only] = fitting;
  return only !== undefined && fitting.length === 1 ? only : null;
}

function hourOf(said: string): number {
  const digits = '零一二三四五六七八九';
  if (said === '两') return 2;
  return said.startsWith('十') ? 10 + Math.max(0, digits.indexOf(said.slice(1) || '零')) : digits.indexOf(said);
}

const ORDINALS = '一二三四五六七八九十';

/** 就第一个吧, 选 2, 那就第二个,正好有空. A bare figure stands alone; what is said on needs a 第 before it and a pause after. */
function choiceNumber(plain: string): number | null {
  const digits = /^(?:那|就|我|要|选|第)*\s*(\d{1,2})\s*(?:个|项|号)?(?:吧|啦|呗|那个|的|好了)*[.、)~!。]*$/u.exec(plain);
  if (digits) return Number(digits[1]);
  const ordinal =
    /^(?:那|就|我|要|选|约)*(?:第|选)([一二三四五六七八九十\d])(?:个|项)?(?:吧|啦|呗|那个|的|好了|时间)*(?:[~!。.]*|[,\uFF0C ].*)$/u.exec(
      plain,
    );
  if (ordinal === null) return null;
  const [, said = ''] = ordinal;
  return /\d/.test(said) ? Number(said) : ORDINALS.indexOf(said) + 1;
}
