/**
 * The booking every contestant without dialogs of its own holds: five questions, a read-back, a yes. The questions, the
 * customer's seven messages and the ticket's table are the same for all of them.
 */
import type pg from 'pg';

export type Slot = 'appliance' | 'fault' | 'address' | 'phone' | 'window';
export type Booking = { readonly [slot in Slot]?: string };
/** What is known of a booking, and what was asked last. */
export type State = Booking & { readonly asked?: Slot | 'confirm' };

export const QUESTIONS: { readonly [slot in Slot]: string } = {
  appliance: '是哪样家电出了问题？',
  fault: '是什么毛病？',
  address: '师傅上门到哪里？',
  phone: '留个手机号吧。',
  window: '周五 14:00–16:00、周六 10:00–12:00，您选哪个？',
};
export const YES = '确认';
export const DONE = '约好了，师傅出发前会先联系您。';
const SLOTS = Object.keys(QUESTIONS) as readonly Slot[];

const ADDRESS = '北京市朝阳区建设路6号3号楼1501';
export const SCRIPT: readonly string[] = ['我要报修', '空调', '不制冷', ADDRESS, '13800138000', '1', YES];
const CORRECTION = '手机改成';

/** What somebody says who gives another phone at every read-back. */
export function plainLongScript(turn: number): string {
  const yes = SCRIPT.length - 1;
  return turn < yes ? (SCRIPT[turn] ?? '') : `${CORRECTION}139${String(10_000_000 + turn)}`;
}

export function confirmation(booking: Booking): string {
  return `跟您核对一下：${SLOTS.map((it) => booking[it]).join('，')}。没问题回“${YES}”。`;
}

/** With the phone that somebody asks to put instead; as it was when they say something else. */
export function corrected<B extends Booking>(booking: B, text: string): B {
  return text.startsWith(CORRECTION) ? { ...booking, phone: text.slice(CORRECTION.length) } : booking;
}

export type Answer = { readonly state: State; readonly reply: string; readonly ticket: Booking | null };

/** Takes what was said as the answer to what was asked, and asks for what is missing; a yes books. */
export function answer(before: State, text: string): Answer {
  const { asked, ...known } = before;
  if (asked === 'confirm') {
    if (text === YES) return { state: {}, reply: DONE, ticket: known };
    const booking = corrected(known, text);
    return { state: { ...booking, asked }, reply: confirmation(booking), ticket: null };
  }
  const state: Booking = asked === undefined ? known : { ...known, [asked]: text };
  const missing = SLOTS.find((it) => state[it] === undefined);
  if (missing === undefined) return { state: { ...state, asked: 'confirm' }, reply: confirmation(state), ticket: null };
  return { state: { ...state, asked: missing }, reply: QUESTIONS[missing], ticket: null };
}

// ---- tickets ------------------------------------------------------------------------------------------------------

type Connection = Pick<pg.Pool, 'query'>;

export async function makeTickets(on: Connection): Promise<void> {
  await on.query(
    'create table if not exists ticket (id bigint generated always as identity primary key, customer text not null, details jsonb not null)',
  );
}

export async function writeTicket(on: Connection, customer: string, details: Booking): Promise<void> {
  await on.query({ name: 'ticket', text: 'insert into ticket (customer, details) values ($1, $2)', values: [customer, details] });
}

export async function countTickets(on: Connection): Promise<number> {
  return (await on.query<{ count: number }>('select count(*)::int as count from ticket')).rows[0]?.count ?? 0;
}

/** Tickets of these customers that hold the appliance and the fault as they were said. */
export async function countAsSaid(on: Connection, customers: readonly number[]): Promise<number> {
  const [, appliance, fault] = SCRIPT;
  const { rows } = await on.query<{ count: number }>(
    `select count(*)::int as count from ticket where customer = any($1) and details ->> 'appliance' = $2 and details ->> 'fault' = $3`,
    [customers.map(String), appliance, fault],
  );
  return rows[0]?.count ?? 0;
}
