/** A tap, its label or its number under the last question, as the one thing they mean. */
import type { ConversationState, Meaning } from './conversation-state.ts';

/** `1`, `１.`, 第一个, ①. */
export function chosenMeaning(text: string, state: ConversationState): Meaning | null {
  const choices = state.lastAsked?.choices ?? [];
  const plain = text.normalize('NFKC').trim();
  const byLabel = choices.find((it) => it.label.normalize('NFKC') === plain);
  if (byLabel) return withLabel(byLabel);
  const number = choiceNumber(plain);
  const byNumber = number === null ? undefined : choices[number - 1];
  return byNumber ? withLabel(byNumber) : null;
}

/** A tapped fault is the customer's description, in the label's words. */
function withLabel({ label, means }: { readonly label: string; readonly means: Meaning }): Meaning {
  if (means.type !== 'ANSWERED') return means;
  const reports = means.answers.reports.map((it) => ({ ...it, text: it.text ?? (it.faults.length > 0 ? label : null) }));
  return { ...means, text: label, answers: { ...means.answers, reports } };
}

const ORDINALS = '一二三四五六七八九十';

function choiceNumber(plain: string): number | null {
  const digits = /^(?:第|选)?\s*(\d{1,2})\s*(?:个|项|号)?(?:吧|那个|的)?[.、)]?$/u.exec(plain);
  if (digits) return Number(digits[1]);
  const ordinal = /^(?:第|选)([一二三四五六七八九十])(?:个|项)?(?:吧|那个|的)?$/u.exec(plain);
  return ordinal ? ORDINALS.indexOf(ordinal[1] as string) + 1 : null;
}
