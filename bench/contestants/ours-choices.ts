/** Ours, choices in: known customers tap what is offered, so that little is understood and the dialogs and the store remain. */
import type { OpenContestant } from '../contestant.ts';
import { FIRST_OFFERED, openOurs } from '../ours.ts';

const SCRIPT = ['报修', '空调', '不制冷', '还是这里', '不清楚', FIRST_OFFERED, '确认'];

export const open: OpenContestant = (databaseUrl) => openOurs(databaseUrl, { known: true, script: () => SCRIPT, longScript });

/** Who gives another phone at every read-back has to write it. */
function longScript(_customer: number, turn: number): string {
  const yes = SCRIPT.length - 1;
  return turn < yes ? (SCRIPT[turn] ?? '') : `电话改成139${String(10_000_000 + turn)}`;
}
