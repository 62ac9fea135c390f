/** Ours, whole turns: new customers write freely, and everything they say is understood, sealed and kept. */
import type { OpenContestant } from '../contestant.ts';
import { districtOf, phoneOf } from '../districts.ts';
import { openOurs } from '../ours.ts';

export const open: OpenContestant = (databaseUrl) => openOurs(databaseUrl, { known: false, script, longScript });

function script(customer: number): readonly string[] {
  return ['我要报修', '空调不制冷', addressOf(customer), phoneOf(customer), '王小明', '1', '确认'];
}

/** Everything at once, and from then on another phone at every turn: from turn 2 on all are alike. */
function longScript(customer: number, turn: number): string {
  if (turn === 0) return `空调不制冷，型号不知道，${addressOf(customer)} 王小明 ${phoneOf(customer)}`;
  return `电话改成139${String(10_000_000 + turn)}`;
}

function addressOf(customer: number): string {
  const { city, district } = districtOf(customer);
  return `${city}${district}建设路${(customer % 900) + 1}号3号楼1501`;
}
