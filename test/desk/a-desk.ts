/** A desk on a database of its own, with staff, waiting customers and a clock the test sets. */
import type { Desk } from '../../src/desk/desk.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { formReading } from '../../src/desk/form-reading.ts';
import type { IntakeForm } from '../../src/desk/intake-form.ts';
import { hashToken } from '../../src/desk/staff.ts';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import type { Appliance } from '../../src/domain/appliance.ts';
import type { AddressParts, PhoneNumber, Serial } from '../../src/domain/contact.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { StaffRole } from '../../src/domain/ticket.ts';
import { createCleanFile } from '../../src/files/clean-file.ts';
import { createProductCodes } from '../../src/product-code.ts';
import { deskStore } from '../../src/store/desk/desk-store.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { NewTicket } from '../../src/turn/ports.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import { aChat, aTurn, type Chat, NOON } from '../store/a-turn.ts';
import { newId, openTestStore } from '../support/database.ts';

export const ZONE = 'Asia/Shanghai';

export const productCodes = createProductCodes(Buffer.alloc(32, 7));

export type TestDesk = {
  readonly store: Store;
  readonly desk: Desk;
  /** Conversations the desk asked to be turned or delivered, in order. */
  readonly turned: Identifier[];
  readonly delivered: Identifier[];
  readonly clock: { now: Instant };
  readonly staff: (role: StaffRole, name?: string) => Promise<StaffMember & { readonly token: string }>;
  readonly waiting: (what?: {
    readonly ticket?: NewTicket;
    readonly possibleTickets?: readonly string[];
  }) => Promise<Chat & { readonly handoffId: Identifier }>;
  readonly audit: () => Promise<readonly { action: string; subject: string; actor: string; details: unknown }[]>;
  readonly close: () => Promise<void>;
};

/** Opens one; 12:00 in Beijing on 20 November 2026 until the test says otherwise. */
export async function openDesk(): Promise<TestDesk> {
  const clock = { now: NOON };
  const store = await openTestStore({ now: () => clock.now });
  await store.pool.query(
    "insert into service_area (province, city, district) values ('北京市', '北京市', '朝阳区'), ('北京市', '北京市', '海淀区')",
  );
  const turned: Identifier[] = [];
  const delivered: Identifier[] = [];
  const desk = createDesk({
    store: deskStore(store),
    readings: store.readings,
    read: plainReading,
    policy: DEFAULT_POLICY,
    timeZone: ZONE,
    now: () => clock.now,
    makeIdentifier: newId,
    makeToken: () => `token-${newId()}`,
    sceneOf: productCodes.sceneOf,
    cleanFile: createCleanFile(),
    sendsLeft: async () => null,
    turnSoon: (it) => turned.push(it),
    deliverSoon: (it) => delivered.push(it),
  });

  return {
    store,
    desk,
    turned,
    delivered,
    clock,
    staff: async (role, name = `${role} 李`) => {
      const id = newId();
      const token = `token-${id}`;
      await store.pool.query('insert into staff (id, name, email, role, token_hash, created_at) values ($1, $2, $3, $4, $5, now())', [
        id,
        name,
        `${id}@example.com`,
        role,
        Buffer.from(hashToken(token)),
      ]);
      return { id, name, role, token };
    },
    waiting: async ({ ticket, possibleTickets = [] } = {}) => {
      const chat = await aChat(store);
      const handoffId = newId();
      const summary = {
        flow: 'repair-booking',
        asking: 'phone',
        known: { fault: '不制冷,打13800138000找我', name: '王芳', address: '北京市朝阳区建国路88号' },
        possibleTickets,
      };
      const handoff = {
        kind: 'open',
        id: handoffId,
        reason: 'asked',
        ticketId: ticket?.id ?? null,
        summary,
        waitingSince: clock.now,
      } as const;
      await store.transact([aTurn(chat, { owner: 'queue', handoff, tickets: ticket ? [ticket] : [] })]);
      return { ...chat, handoffId };
    },
    audit: async () => (await store.pool.query('select action, subject, actor, details from audit order by id')).rows,
    close: store.close,
  };
}

/** What a form may leave open. */
export const NOTHING_MORE: Pick<IntakeForm, 'window' | 'note' | 'model' | 'serial' | 'complaint'> = {
  window: null,
  note: null,
  model: null,
  serial: null,
  complaint: { category: null, wish: null, about: null, purchasedOn: null },
};

/** Reads forms without the chat's understanding: mobiles, serials, and addresses that say 区. The words of a complaint with it. */
export const plainReading = {
  phone: (text: string) => {
    const digits = text.replace(/[\s-]/g, '').replace(/^\+?86(?=1)/, '');
    return /^1[3-9]\d{9}$/.test(digits) ? (`+86${digits}` as PhoneNumber) : null;
  },
  serial: (text: string) => (/^[A-Z0-9]{8,20}$/.test(text.toUpperCase()) ? (text.toUpperCase() as Serial) : null),
  address: (text: string): AddressParts => {
    const match = /^(?:(北京)市?)?(.{2,4}区)?(.*)$/u.exec(text);
    const city = match?.[1] ? '北京市' : null;
    return { province: city, city, district: match?.[2] ?? null, detail: match?.[3] || null };
  },
  appliance: (text: string): Appliance | null => (text === '洗衣机' ? 'washer' : null),
  faults: (text: string) => (text.includes('漏水') ? (['leaking'] as const) : []),
  danger: (text: string) => (text.includes('煤气味') ? ('gas' as const) : null),
  complaint: formReading(createUnderstand(), ZONE, () => NOON).complaint,
};
