/** What is to be said of one customer's chat, and of all of them together: the gates of the simulated customers. */
import { askedTwice, type Doubled } from './asked-twice.ts';
import { type Finding, outcome } from './errand.ts';
import type { ErrandEnd, Told } from './simulate.ts';

export type ErrandVerdict = {
  readonly manner: string;
  readonly name: string;
  readonly flow: string;
  readonly end: ErrandEnd;
  readonly messages: number;
  readonly isPlain: boolean;
  /** Ended as it should, and stands on record. */
  readonly isRight: boolean;
  readonly findings: readonly Finding[];
  readonly doubled: readonly Doubled[];
  /** A person was given though nobody wanted one and the desk could do it. */
  readonly handedOff: boolean;
};

export function verdictsOf(told: Told, now: number): readonly ErrandVerdict[] {
  const doubled = askedTwice(told.scenes, now);
  const replies = (name: string) => told.scenes.flatMap((it) => (it.by === 'bot' && it.errand === name ? it.turn.reply : []));
  return told.errands.map(({ errand, end, messages, record }) => {
    const wasHandedOff = end === 'person' || replies(errand.name).some((it) => it.startsWith('handoff.'));
    const alarmed = replies(errand.name).some((it) => it.startsWith('danger.'));
    const findings = [...(end === 'done' ? errand.judge(record) : []), ...(alarmed ? [outcome('a false alarm')] : [])];
    return {
      manner: told.customer.manner.name,
      name: errand.name,
      flow: errand.flow,
      end,
      messages,
      isPlain: errand.isPlain,
      isRight: end === 'done' && findings.every((it) => it.kind !== 'outcome'),
      findings,
      doubled: doubled.filter((it) => it.errand === errand.name),
      handedOff: wasHandedOff && errand.person === 'needless',
    };
  });
}

export function isFlawless({ isRight, findings, doubled, handedOff }: ErrandVerdict): boolean {
  return isRight && findings.length === 0 && doubled.length === 0 && !handedOff;
}

export type OwnQuestion = { readonly text: string; readonly isAnswered: boolean };

/** What the desk says when it has heard no question in a message. */
const NO_ANSWER = /^(ask|confirm|noted|unclear|corrected)/;

/** The questions customers put in between. No gate: how many are answered says how good the enquiries are. */
export function ownQuestions({ scenes }: Told): readonly OwnQuestion[] {
  return scenes.flatMap((scene, index) => {
    const asked = scene.by === 'customer' ? scene.lines.find((it) => it.kind === 'digresses') : undefined;
    const next = scenes[index + 1];
    if (asked === undefined || next?.by !== 'bot') return [];
    return [{ text: asked.text, isAnswered: next.turn.reply.some((it) => !NO_ANSWER.test(it)) }];
  });
}

export type Gate = { readonly name: string; readonly figure: string; readonly wanted: string; readonly passed: boolean };

const RIGHT_PERCENT_MIN = 95;
const EXACT_PERCENT_MIN = 95;
const PLAIN_MESSAGES_MAX = 6;
const HANDED_OFF_PERCENT_MAX = 5;

export function gatesOf(verdicts: readonly ErrandVerdict[]): readonly Gate[] {
  const share = (list: readonly ErrandVerdict[], fits: (it: ErrandVerdict) => boolean) => ({
    fitting: list.filter(fits).length,
    all: list.length,
  });
  const percent = ({ fitting, all }: { fitting: number; all: number }) => (all === 0 ? 0 : (100 * fitting) / all);
  const words = (it: { fitting: number; all: number }) => `${percent(it).toFixed(1)} % (${it.fitting} of ${it.all})`;
  const right = share(verdicts, (it) => it.isRight);
  const exact = share(
    verdicts.filter((it) => it.isRight),
    (it) => it.findings.length === 0,
  );
  const handedOff = share(verdicts, (it) => it.handedOff);
  const doubled = verdicts.flatMap((it) => it.doubled).length;
  const plain = verdicts.filter((it) => it.isPlain && it.isRight).map((it) => it.messages);
  const median = medianOf(plain);
  return [
    { name: 'right outcome', figure: words(right), wanted: `at least ${RIGHT_PERCENT_MIN} %`, passed: percent(right) >= RIGHT_PERCENT_MIN },
    {
      name: 'all fields exact',
      figure: words(exact),
      wanted: `at least ${EXACT_PERCENT_MIN} %`,
      passed: percent(exact) >= EXACT_PERCENT_MIN,
    },
    { name: 'asked twice', figure: `${doubled} times`, wanted: 'never', passed: doubled === 0 },
    {
      name: 'messages of a step-by-step booking',
      figure: median === null ? 'none was there' : `median ${median} of ${plain.length}`,
      wanted: `median at most ${PLAIN_MESSAGES_MAX}`,
      passed: median !== null && median <= PLAIN_MESSAGES_MAX,
    },
    {
      name: 'needless handoffs',
      figure: words(handedOff),
      wanted: `at most ${HANDED_OFF_PERCENT_MAX} %`,
      passed: verdicts.length > 0 && percent(handedOff) <= HANDED_OFF_PERCENT_MAX,
    },
  ];
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
