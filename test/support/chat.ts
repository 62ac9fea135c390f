/**
 * Conversations as a test writes them down: a whole desk on a database of its own with the demo data, a clock the test
 * sets, and customers who say things and hear reply keys. Nothing sleeps and no server listens.
 */
import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import type { Config } from '../../src/config.ts';
import { type Core, openCore } from '../../src/core.ts';
import { createDesk, type Desk } from '../../src/desk/desk.ts';
import { formReading } from '../../src/desk/form-reading.ts';
import { hashToken } from '../../src/desk/staff.ts';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { type Instant, parseInstant } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import type { ChatChannel, StaffRole } from '../../src/domain/ticket.ts';
import { deskStore } from '../../src/store/desk/desk-store.ts';
import type { InboundBody, PlacedMessage } from '../../src/turn/message.ts';
import type { NewAttachment, Send } from '../../src/turn/ports.ts';
import type { ReplyKey } from '../../src/wording/reply.ts';
import { narrow, widen } from '../wording/narrow.ts';
import { freshDatabase, TEST_KEY } from './database.ts';

const ZONE = 'Asia/Shanghai';
const ATTACHMENTS_MAX = 50;

/** Friday, ten in the morning. */
const FRIDAY_TEN = '2026-11-20T10:00:00+08:00';

export type Shop = {
  readonly core: Core;
  readonly config: Config;
  readonly clock: { now: Instant };
  /** Sets the clock to an ISO 8601 text with an offset. */
  readonly itIs: (moment: string) => void;
  /** A customer opens the chat and is greeted; the same `who` is the same account in a new conversation. */
  readonly customer: (who?: string, channel?: ChatChannel) => Promise<Chat>;
  readonly desk: Desk;
  readonly staff: (role: StaffRole) => Promise<StaffMember>;
  /** Resolves when nothing is being turned or delivered. */
  readonly settled: () => Promise<void>;
  /** Rows of a query, to see what a conversation left behind. */
  readonly rows: <Row = Readonly<Record<string, unknown>>>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
};

export type Chat = {
  readonly conversationId: Identifier;
  /** The customer sends a text; resolves when the bot has nothing more to say. */
  readonly says: (text: string) => Promise<void>;
  /** Several one after the other; the last one's replies are heard. */
  readonly saysAll: (...texts: readonly string[]) => Promise<void>;
  /** Taps the button under the last replies whose label contains `label`. */
  readonly taps: (label: string) => Promise<void>;
  /** A message of the channel that is no text, with what is kept of it, or an event of the desk. */
  readonly sends: (body: InboundBody, kept?: readonly NewAttachment[]) => Promise<void>;
  /** Expects exactly these reply keys since the customer last said something. */
  readonly hears: (...keys: readonly ReplyKey[]) => void;
  /** Expects nothing but silence. */
  readonly hearsNothing: () => void;
  /** The reply keys since the customer last said something. */
  readonly keys: () => readonly string[];
  /** The words of the same, punctuation half-width, one bubble a line, buttons in brackets. */
  readonly text: () => string;
  readonly messages: () => readonly PlacedMessage[];
  /** The slot that is open, null outside a dialog. */
  readonly asking: () => string | null;
};

/** Opens a shop with the demo's engineers and areas; `close` drops its database. `model` as in the configuration: mostly none. */
export async function openShop(at: string = FRIDAY_TEN, policy: Policy = DEFAULT_POLICY, model: Config['model'] = null): Promise<Shop> {
  const clock = { now: momentOf(at) };
  const database = await freshDatabase();
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    databaseUrl: database.url,
    dataDir: tmpdir(),
    demoData: 'yes',
    timeZone: ZONE,
    policy,
    staffToken: 'unused',
    staffTokenFile: null,
    piiKey: new Uint8Array(TEST_KEY),
    allowedOrigins: [],
    pageWebhookUrl: null,
    wechat: null,
    wechatPuppet: null,
    slack: null,
    smsWebhookUrl: null,
    model,
    logLevel: 'silent',
  };
  const faults: string[] = [];
  const core = await openCore({
    config,
    log: (_, event, fields) => faults.push(`${event} ${JSON.stringify(fields)}`),
    clock: () => clock.now,
  });
  const heard = new Map<Identifier, PlacedMessage[]>();
  const send: Send = (lane, messages) => {
    heard.set(lane.conversationId, [...(heard.get(lane.conversationId) ?? []), ...messages]);
    return Promise.resolve(messages.map(() => ({ kind: 'delivered' })));
  };
  core.addChannel('terminal', send);
  core.addChannel('web-chat', send);

  const sweeping = new Set<Promise<unknown>>();
  const deliverSoon = () => {
    const sweep = core.deliveries.sweep().finally(() => sweeping.delete(sweep));
    sweeping.add(sweep);
  };
  const settled = async () => {
    await core.turns.idle();
    await Promise.all(sweeping);
    await core.deliveries.idle();
  };

  const customer: Shop['customer'] = async (who = core.makeIdentifier(), channel = 'terminal') => {
    const conversationId = core.makeIdentifier();
    await core.store.openConversation({ conversationId, channel, externalId: who, at: clock.now });
    const chat = chatOf({ ...core, settled }, conversationId, channel, heard, faults);
    await chat.sends({ kind: 'event', event: 'conversation-started' });
    return chat;
  };

  return {
    core,
    config,
    clock,
    desk: deskOf(core, config, deliverSoon),
    staff: async (role) => {
      const member = { id: core.makeIdentifier(), name: '客服小周', role };
      await core.store.pool.query('insert into staff (id, name, email, role, token_hash, created_at) values ($1, $2, $3, $4, $5, now())', [
        member.id,
        member.name,
        `${member.id}@example.com`,
        role,
        Buffer.from(hashToken(member.id)),
      ]);
      return member;
    },
    settled,
    itIs: (moment) => {
      clock.now = momentOf(moment);
    },
    customer,
    rows: async <Row>(text: string, values: readonly unknown[] = []) => (await core.store.pool.query(text, [...values])).rows as Row[],
    close: async () => {
      await core.stop();
      await database.drop();
    },
  };
}

/** The desk over the same store, as the application puts it together. */
function deskOf(
  { store, understand, makeIdentifier, now, turns, productCodes, cleanFile }: Core,
  { policy, timeZone }: Config,
  deliverSoon: () => void,
): Desk {
  return createDesk({
    store: deskStore(store),
    readings: store.readings,
    read: formReading(understand, timeZone, now),
    policy,
    timeZone,
    now,
    makeIdentifier,
    makeToken: makeIdentifier,
    sceneOf: productCodes.sceneOf,
    cleanFile,
    sendsLeft: async () => null,
    turnSoon: turns.turnSoon,
    deliverSoon,
  });
}

function chatOf(
  core: Core & Pick<Shop, 'settled'>,
  conversationId: Identifier,
  channel: ChatChannel,
  heard: Map<Identifier, PlacedMessage[]>,
  faults: readonly string[],
): Chat {
  const sends: Chat['sends'] = async (body, kept = []) => {
    heard.set(conversationId, []);
    const before = faults.length;
    const id = core.makeIdentifier();
    const sender = body.kind === 'event' ? 'system' : 'customer';
    const inbound = { id, conversationId, channel, channelMessageId: id, sender, body, at: core.now() } as const;
    if (kept.length === 0) await core.store.accept([inbound]);
    else await core.store.acceptWithAttachments(inbound, kept, ATTACHMENTS_MAX);
    core.turns.turnSoon(conversationId);
    await core.settled();
    expect(faults.slice(before), 'what the desk logged').toEqual([]);
  };
  const messages = () => heard.get(conversationId) ?? [];
  const says = (text: string) => sends({ kind: 'text', text: widen(text) });
  const keys = () => messages().flatMap((it) => it.body.dialog.reply);
  const text = () => narrow(messages().map(lineOf).join('\n'));
  return {
    conversationId,
    sends,
    says,
    saysAll: async (...texts) => {
      for (const it of texts) await says(it);
    },
    taps: async (label) => {
      const buttons = messages().flatMap((it) => it.body.choices);
      const button = buttons.find((it) => narrow(it.label).includes(label));
      if (button === undefined) throw new Error(`No button ${label} among ${buttons.map((it) => it.label).join(' | ')}`);
      await sends({ kind: 'text', text: button.value });
    },
    hears: (...expected) => expect(keys(), text()).toEqual(expected),
    hearsNothing: () => expect(text()).toBe(''),
    keys,
    text,
    messages,
    asking: () => messages().at(-1)?.body.dialog.asking ?? null,
  };
}

function lineOf({ body }: PlacedMessage): string {
  return body.choices.length === 0 ? body.text : `${body.text} [${body.choices.map((it) => it.label).join('] [')}]`;
}

function momentOf(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`Not a moment: ${text}`);
  return instant;
}
