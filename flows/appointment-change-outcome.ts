/** What an appointment change leaves behind: the visit moved or called off, or a person who sees to it. */
import type { Instant } from '../src/domain/instant.ts';
import { type ChangeData, visitOf } from './appointment-change-data.ts';
import type { LookUpAnswer } from './dialog-event.ts';
import { type Effect, say } from './effect.ts';

type Reserved = Extract<LookUpAnswer, { type: 'WINDOW_RESERVED' }>;

/** Moved: the same tickets, another window; the confirmation names number, engineer, contact, window. */
export function rebookedEffects(data: ChangeData, reserved: Reserved): readonly Effect[] {
  const { ticket, visit } = visitOf(data);
  const { window } = data;
  if (window === null) throw new Error('invariant: a visit moves to a window');
  return [
    { kind: 'rebook', ticket, visit, appointmentId: reserved.appointmentId, engineer: reserved.engineer, window },
    say(
      'changed',
      {
        numbers: { as: 'numbers', value: visit.tickets.map((it) => it.number) },
        engineer: { as: 'text', value: reserved.engineer.name },
        phone: { as: 'phone', value: reserved.engineer.phone },
        window: { as: 'window', value: window },
      },
      'change',
    ),
  ];
}

export function calledOffEffects(data: ChangeData): readonly Effect[] {
  const { ticket, visit } = visitOf(data);
  const numbers = { as: 'numbers', value: visit.tickets.map((it) => it.number) } as const;
  const feeYuan = data.cancelFeeYuan;
  return [
    { kind: 'call-off', ticket, visit, feeYuan },
    feeYuan === 0
      ? say('called-off', { numbers }, 'change')
      : say('called-off.fee', { numbers, yuan: { as: 'number', value: feeYuan } }, 'change'),
  ];
}

/** Too near to the visit: the dispatcher is called, and the customer hears by a time. */
export function tooLateEffects(data: ChangeData, now: Instant, answerBy: Instant): readonly Effect[] {
  const { ticket, visit } = visitOf(data);
  const onceKey = `late-change:${visit.appointmentId}:${data.change}`;
  return [
    { kind: 'page', reason: `late-${data.change ?? 'change'}`, ticketId: ticket.id, onceKey },
    { kind: 'contact-task', reason: `late-${data.change ?? 'change'}`, dueAt: answerBy, ticketId: ticket.id, onceKey },
    say('change.too-late', {
      engineer: { as: 'text', value: visit.engineer.name },
      phone: { as: 'phone', value: visit.engineer.phone },
      by: { as: 'moment', value: answerBy, now },
    }),
  ];
}
