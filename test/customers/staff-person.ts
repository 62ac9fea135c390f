/** The staff of the simulated world: an engineer who has finished, and says so. */
import type { StaffApi } from '../whole/staff-api.ts';
import type { Chat } from './chat.ts';
import type { Turn } from './story.ts';

export type FinishVisit = (chat: Chat) => Promise<Turn | null>;

/** How long the desk may take to ask for a score. */
const SURVEY_MILLISECONDS_MAX = 45_000;

/** Completes the visit of a chat and waits for the question that follows; null when it never came. */
export function finishVisit(api: StaffApi, phone: string): FinishVisit {
  return async (chat) => {
    const [ticket] = await api.all<{ readonly number: string; readonly kind: string }>(`/tickets?q=${phone}&kind=repair&status=scheduled`);
    if (ticket === undefined) return null;
    const done = await api.post(`/tickets/${ticket.number}/transitions`, { type: 'complete' });
    if (done.status !== 200) return null;
    const asked = await chat.hear((turn) => turn.flow === 'survey', SURVEY_MILLISECONDS_MAX);
    return asked.reply.length === 0 ? null : asked;
  };
}
