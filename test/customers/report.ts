/** What a run of simulated customers has to say: a table by manner and by errand, the gates, and the failed chats to read. */
import type { Judged } from './run.ts';
import { writtenDown } from './story.ts';
import { type ErrandVerdict, type Gate, isFlawless, ownQuestions } from './verdict.ts';

const COLUMNS = ['errands', 'right', 'exact', 'asked twice', 'handed off', 'messages'] as const;

export function tableOf(title: string, verdicts: readonly ErrandVerdict[], by: (it: ErrandVerdict) => string): string {
  const names = [...new Set(verdicts.map(by))].sort();
  const rows = names.map((name) => {
    const list = verdicts.filter((it) => by(it) === name);
    const right = list.filter((it) => it.isRight);
    return [
      name,
      list.length,
      right.length,
      right.filter((it) => it.findings.length === 0).length,
      list.flatMap((it) => it.doubled).length,
      list.filter((it) => it.handedOff).length,
      (list.reduce((sum, it) => sum + it.messages, 0) / list.length).toFixed(1),
    ];
  });
  const widths = [Math.max(title.length, ...names.map((it) => it.length)), ...COLUMNS.map((it) => it.length)];
  const written = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[index] ?? 0))).join('  ');
  return [written([title, ...COLUMNS]), ...rows.map(written)].join('\n');
}

export function gatesInWords(gates: readonly Gate[]): string {
  return gates.map((it) => `${it.passed ? 'PASS' : 'FAIL'}  ${it.name}: ${it.figure}, wanted ${it.wanted}`).join('\n');
}

export function ownQuestionsInWords(judged: readonly Judged[]): string {
  const asked = judged.flatMap((it) => ownQuestions(it.told));
  const unanswered = new Set(asked.filter((it) => !it.isAnswered).map((it) => it.text));
  const answered = asked.filter((it) => it.isAnswered).length;
  return [
    `customers' own questions answered: ${answered} of ${asked.length}`,
    ...[...unanswered].map((it) => `      not answered: ${it}`),
  ].join('\n');
}

/** A chat with what is wrong in it first. */
export function chatInWords({ told, verdicts }: Judged): string {
  const { customer, conversationId } = told;
  const head = `#${customer.index} ${customer.manner.name}, ${verdicts.map((it) => it.name).join(' + ')} (${conversationId})`;
  const faults = verdicts.flatMap((it) => [
    ...(it.end === 'done' ? [] : [`${it.name} ended: ${it.end}`]),
    ...it.findings.map((finding) => `${it.name} ${finding.kind}: ${finding.what}`),
    ...it.doubled.map((doubled) => `${it.name} asked twice: ${doubled.slot} (${doubled.reply})`),
    ...(it.handedOff ? [`${it.name}: a person, needlessly`] : []),
  ]);
  return [head, ...faults.map((it) => `  ! ${it}`), writtenDown(told.scenes)].join('\n');
}

export function failedOf(judged: readonly Judged[]): readonly Judged[] {
  return judged.filter((it) => !it.verdicts.every(isFlawless));
}
