/**
 * What a complaint sets going: what cannot wait the moment it is told (a private payment, somebody hurt), the case and who
 * hears of it when it is confirmed.
 */
import type { ComplaintType, Gravity } from '../src/domain/complaint.ts';
import { formOfComplaint } from '../src/domain/complaint-severity.ts';
import { NUMBER_TO_COME } from '../src/domain/ticket-number.ts';
import type { ReplyKey } from '../src/wording/reply.ts';
import { type ComplaintData, isSlip } from './complaint-data.ts';
import type { LookUpAnswer } from './dialog-event.ts';
import { type Effect, say } from './effect.ts';

type Weighed = Extract<LookUpAnswer, { type: 'COMPLAINT_WEIGHED' }>;

const HEARD: Readonly<Partial<Record<ComplaintType, ReplyKey>>> = {
  attitude: 'complaint.heard.attitude',
  late: 'complaint.heard.late',
  not_fixed: 'complaint.heard.not_fixed',
  overcharge: 'complaint.heard.overcharge',
  damage: 'complaint.heard.damage',
  quality: 'complaint.heard.quality',
};

/** The first words: what is grave at once, else an acknowledgement of the thing itself. */
export function openingEffects(data: ComplaintData): readonly Effect[] {
  const grave = graveNews([], data.gravities);
  if (grave.length > 0) return grave;
  const key = data.types.map((it) => HEARD[it]).find((it) => it !== undefined) ?? 'complaint.heard.other';
  return [say(key)];
}

/** Told for the first time: somebody is hurt, or is asked to pay an engineer, or who poses as one, in private. */
export function graveNews(before: readonly Gravity[], after: readonly Gravity[]): readonly Effect[] {
  const isNew = (gravity: Gravity) => after.includes(gravity) && !before.includes(gravity);
  return [
    ...(isNew('injury') ? [say('complaint.concern')] : []),
    ...(isNew('private-payment')
      ? [{ kind: 'page', reason: 'private-payment', ticketId: null, onceKey: null } as const, say('complaint.private-payment')]
      : []),
  ];
}

/** Filed under a number of its own, or joined to the complaint there is on the same matter; exchange and return go to a person. */
export function filedEffects(data: ComplaintData, weighed: Weighed): readonly Effect[] {
  const { earlier } = weighed;
  const ticketId = earlier?.ticketId ?? weighed.ticketId;
  const evidence: readonly Effect[] = data.photos.length === 0 ? [] : [{ kind: 'attach', attachmentIds: data.photos, ticketId }];
  const told: Effect =
    weighed.priority === 'urgent'
      ? { kind: 'page', reason: 'complaint-urgent', ticketId, onceKey: null }
      : { kind: 'tell-staff', reason: earlier === null ? 'complaint-filed' : 'complaint-again', ticketId, onceKey: null };
  const person: readonly Effect[] =
    data.wish === 'exchange' || data.wish === 'return'
      ? [{ kind: 'hand-off', reason: `complaint-${data.wish}`, first: 'complaint.exchange', phone: data.phone, waits: false }]
      : [];
  return [...(earlier === null ? opened(data, weighed) : joined(data, weighed, earlier)), ...evidence, told, ...person];
}

function opened(data: ComplaintData, weighed: Weighed): readonly Effect[] {
  const { category, wish, about, what, phone } = data;
  if (category === null || what === '') throw new Error('invariant: a complaint is filed with its class and its words');
  const { ticketId, priority, gravities, department, answerBy, resolveBy, now } = weighed;
  const facts = {
    numbers: { as: 'numbers', value: [NUMBER_TO_COME] },
    department: { as: 'worded', value: department, facts: {} },
    by: { as: 'moment', value: answerBy, now },
    resolve: { as: 'moment', value: resolveBy, now },
  } as const;
  return [
    {
      kind: 'open-complaint',
      complaint: {
        ticketId,
        form: formOfComplaint(data),
        category,
        types: data.types,
        gravities,
        wish,
        department: department['zh-CN'],
        priority,
        aboutTicketId: about?.id ?? null,
        appliance: about?.appliances[0] ?? data.appliance,
        model: data.model,
        serial: data.serial,
        purchasedOn: data.purchasedOn,
        note: data.number,
        answerBy,
        resolveBy,
      },
      statement: what,
      phone,
    },
    say(filedKey(data), facts, 'confirmation'),
  ];
}

function filedKey(data: ComplaintData): ReplyKey {
  if (isSlip(data)) return 'complaint.slip';
  return data.phone === null ? 'complaint.filed.chat' : 'complaint.filed';
}

function joined(data: ComplaintData, weighed: Weighed, earlier: NonNullable<Weighed['earlier']>): readonly Effect[] {
  const { ticketId, number, count } = earlier;
  const { priority, gravities, department, answerBy, now } = weighed;
  const facts = {
    count: { as: 'number', value: count + 1 },
    numbers: { as: 'numbers', value: [number] },
    department: { as: 'worded', value: department, facts: {} },
    by: { as: 'moment', value: answerBy, now },
  } as const;
  const onceKey = `complaint:${ticketId}:${answerBy}`;
  return [
    { kind: 'join-complaint', ticketId, number, statement: data.what, priority, gravities, wish: data.wish },
    // The promise may be a new one, and the ticket keeps the first: a call is what holds it.
    ...(data.phone === null ? [] : [{ kind: 'contact-task', reason: 'complaint-again', dueAt: answerBy, ticketId, onceKey } as const]),
    say(data.phone === null ? 'complaint.joined.chat' : 'complaint.joined', facts),
  ];
}
