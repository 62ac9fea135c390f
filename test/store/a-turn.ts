/** Turns, messages and engineers for tests, each with only what a test says differing from the plainest one. */
import type { PhoneNumber } from '../../src/domain/contact.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { Inbound } from '../../src/turn/message.ts';
import type { NewTicket, Reservation, SaidMessage, TurnWrite } from '../../src/turn/ports.ts';
import { newId } from '../support/database.ts';

export const NOON = instantOf(Date.parse('2026-11-20T04:00:00Z'));

export function hoursAfterNoon(hours: number): Instant {
  return instantOf(NOON + hours * HOUR);
}

export type Chat = { readonly conversationId: Identifier; readonly customerId: Identifier };

/** A new customer's conversation on the web chat. */
export async function aChat(store: Store, externalId: string = `dl_${newId()}`): Promise<Chat> {
  const conversationId = newId();
  await store.openConversation({ conversationId, channel: 'web-chat', externalId, at: NOON });
  const read = await store.readConversation(conversationId);
  if (!read) throw new Error('the conversation just opened is there');
  return { conversationId, customerId: read.customerId };
}

export function aMessage(chat: Chat, text: string, channelMessageId: string = newId()): Inbound {
  return {
    id: newId(),
    conversationId: chat.conversationId,
    channel: 'web-chat',
    channelMessageId,
    sender: 'customer',
    body: { kind: 'text', text },
    at: NOON,
  };
}

export function aReply(text: string): SaidMessage {
  return {
    id: newId(),
    sender: 'bot',
    at: NOON,
    mustReach: null,
    body: { text, speaker: null, choices: [], links: [], files: [], dialog: { flow: null, asking: null, reply: [] }, ticket: null },
  };
}

export function aTurn(chat: Chat, what: Partial<TurnWrite> = {}): TurnWrite {
  return {
    conversationId: chat.conversationId,
    customerId: chat.customerId,
    revision: 0,
    owner: 'bot',
    state: { stack: [] },
    asking: false,
    applied: [],
    reservation: null,
    releasedHolds: [],
    calledOff: null,
    outgoing: [],
    customer: { name: null, phone: null },
    newAddress: null,
    tickets: [],
    ticketChanges: [],
    wrongProof: null,
    ticketEvents: [],
    relations: [],
    counted: null,
    complaints: [],
    statements: [],
    surveys: [],
    evidence: [],
    accountLink: null,
    handoff: null,
    pages: [],
    contactTasks: [],
    waitingList: [],
    ...what,
  };
}

export function aTicket(what: Partial<NewTicket> = {}): NewTicket {
  return {
    id: newId(),
    number: `BX-20261120-${newId()}`,
    kind: 'repair',
    status: 'scheduled',
    priority: 'normal',
    channel: 'web-chat',
    appliance: 'washer',
    faultCodes: ['leaking', 'noisy'],
    details: { fault: '漏水', name: '王芳', model: null, errorCode: null, contact: null, note: null },
    serial: null,
    phone: null,
    province: '北京市',
    city: '北京市',
    district: '朝阳区',
    addressId: null,
    openedAt: NOON,
    dueAt: null,
    priceVersion: null,
    ...what,
  };
}

export const A_PHONE = '+8613800138000' as PhoneNumber;

/** An engineer who repairs washers in Chaoyang, every day from 8 to 20. */
export async function anEngineer(store: Store): Promise<Identifier> {
  const id = newId();
  const phone = store.seal.seal('engineer.phone', '+8613900139000');
  await store.pool.query('insert into engineer (id, name, phone_sealed, city) values ($1, $2, $3, $4)', [id, '李工', phone, '北京市']);
  await store.pool.query("insert into engineer_skill values ($1, 'washer')", [id]);
  await store.pool.query("insert into engineer_area values ($1, '北京市', '朝阳区')", [id]);
  await store.pool.query('insert into engineer_shift select $1::uuid, weekday, 480, 1200 from generate_series(1, 7) weekday', [id]);
  return id;
}

/** Two hours from `hour` after noon, with half an hour of travel. */
export function aVisit(engineerId: Identifier, hour: number): Omit<Reservation, 'kind' | 'heldUntil'> {
  const from = hoursAfterNoon(hour);
  const to = hoursAfterNoon(hour + 2);
  return { appointmentId: newId(), engineerId, window: { from, to }, travelEndsAt: instantOf(to + 30 * MINUTE) };
}

export function aBooking(engineerId: Identifier, hour: number, ticketIds: readonly Identifier[] = []): Reservation {
  return { ...aVisit(engineerId, hour), kind: 'book', ticketIds, confirmedAt: NOON };
}
