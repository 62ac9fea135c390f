/** Danger comes before everything: a fixed safety text, an urgent ticket, a page. */
import { DIALOGS } from '../../flows/registry.ts';
import type { Danger } from '../domain/danger.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Understood } from '../understanding/understood.ts';
import { say } from './draft.ts';
import { addEffect, raisePage } from './effect-rows.ts';
import { takeNumbers } from './look-up.ts';
import type { Turn } from './turn.ts';

/** Safety text first, then an urgent ticket and a page; never a question. */
export async function warn(turn: Turn, danger: Danger, text: string, understood: Understood): Promise<void> {
  const { draft, needs } = turn;
  say(draft, { key: `danger.${danger}`, data: {} });
  const open = draft.state.danger;
  if (open !== null) {
    return raisePage(draft, `danger-${danger}`, open.ticketId as Identifier, needs);
  }
  const { customerId } = draft.conversation;
  const [number] = await takeNumbers(1, draft.now, needs);
  if (number === undefined) throw new Error('invariant: a danger needs a number');
  const { appliances, faults, phone, address } = understood.entities;
  const record = await needs.readings.customerRecord(customerId);
  const top = draft.state.stack.at(-1);
  const matter = top === undefined ? null : DIALOGS[top.flow].about(top.context);
  const place = [address, matter?.address, record.address].find((it) => it?.district || it?.city) ?? null;
  const reached = phone ?? matter?.phone ?? record.phone;
  const report = {
    appliance: appliances[0] ?? matter?.appliance ?? 'other',
    faults,
    text,
    model: null,
    serial: null,
    errorCode: null,
  } as const;
  const ticket = {
    ...number,
    kind: 'repair',
    status: 'open',
    priority: 'urgent',
    report,
    note: `danger-${danger}`,
    relatedTo: null,
    dueAt: null,
    priceVersion: null,
    cover: null,
  } as const;
  addEffect(
    draft,
    {
      kind: 'open-tickets',
      tickets: [ticket],
      customer: { name: null, phone: reached },
      address: null,
      area: { province: place?.province ?? null, city: place?.city ?? null, district: place?.district ?? null },
      contact: null,
    },
    needs,
  );
  addEffect(draft, { kind: 'page', reason: `danger-${danger}`, ticketId: number.id, onceKey: null }, needs);
  draft.state = { ...draft.state, danger: { ticketId: number.id, ticketNumber: number.number, reachable: reached !== null } };
  say(draft, { key: 'danger.registered', data: { numbers: { as: 'numbers', value: [number.number] } } });
}
