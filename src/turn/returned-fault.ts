/** 又不冷了: of which machine, when one repair lately finished had that very fault (S2-012). */
import type { Answers } from '../../flows/dialog-event.ts';
import { DAY } from '../domain/instant.ts';
import type { Turn } from './turn.ts';

const RETURNED = /又|还是|再次|依旧|照样|仍然|\bagain\b|\bstill\b/iu;

/** The answers with the appliance in them; as they were when nothing, or more than one, fits. */
export async function withReturnedAppliance({ draft, needs }: Turn, answers: Answers, text: string): Promise<Answers> {
  const [report, ...others] = answers.reports;
  if (report === undefined || others.length > 0 || report.appliance !== null || !RETURNED.test(text)) return answers;
  const { priorRepairs } = await needs.readings.customerRecord(draft.conversation.customerId);
  const since = draft.now - needs.policy.warranty.repairDays * DAY;
  const same = priorRepairs.filter((it) => it.completedAt >= since && it.faults.some((fault) => report.faults.includes(fault)));
  const [appliance, ...more] = [...new Set(same.map((it) => it.appliance))];
  return appliance === undefined || more.length > 0 ? answers : { ...answers, reports: [{ ...report, appliance }] };
}
