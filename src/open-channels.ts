/** The channels that need an account with a platform, opened where one is configured: only then is their library loaded. */
import { hkdfSync, randomBytes } from 'node:crypto';
import type { SlackChannel } from './channels/slack/slack.ts';
import type { WechatChannel } from './channels/wechat/wechat.ts';
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import { boardDesk } from './desk/board.ts';
import type { Desk } from './desk/desk.ts';
import { hashToken } from './desk/staff.ts';
import { addDays, spanOfDay } from './domain/business-calendar.ts';
import type { Identifier } from './domain/identifier.ts';
import type { LocalDay } from './domain/instant.ts';
import type { Log } from './log.ts';
import { onceKeys } from './store/desk/once.ts';
import { staffStore } from './store/desk/staff.ts';
import type { Store } from './store/open-store.ts';
import type { platformStore } from './store/platform/platform-store.ts';
import { recentUsersOn } from './store/recent-users.ts';
import { boardOn } from './store/staff-chat/board.ts';
import { digestOn } from './store/staff-chat/digest.ts';
import { staffChatStore } from './store/staff-chat/staff-chat-store.ts';
import { waitingCustomerOn } from './store/staff-chat/waiting-customer.ts';
import type { Choice } from './turn/message.ts';
import type { PartReport } from './web/health.ts';

type Platform = ReturnType<typeof platformStore>;

/** WeChat where it is configured, else null: only then is wechaty loaded. */
export async function openWechat(config: Config, core: Core, platform: Platform, log: Log): Promise<WechatChannel | null> {
  if (config.wechat === null && config.wechatPuppet === null) return null;
  const { createWechat, loadPuppet } = await import('./channels/wechat/wechat.ts');
  const { store, turns, deliveries, makeIdentifier, now } = core;
  const { policy } = config;
  return createWechat({
    through: config.wechat ?? (await loadPuppet(config.wechatPuppet ?? '')),
    secret: Buffer.from(hkdfSync('sha256', config.piiKey, '', 'baoxiu wechat conversations', 32)),
    openConversation: store.openConversation,
    accept: store.accept,
    acceptWithAttachments: store.acceptWithAttachments,
    cleanFile: core.cleanFile,
    platform,
    choiceOf: async (conversationId, seq, number) => (await choiceOf(store, conversationId, seq, number))?.label ?? null,
    productOf: core.productCodes.read,
    readKeptFile: store.readKeptFile,
    fileUrl: core.fileUrl,
    turnSoon: turns.turnSoon,
    tellsOfDanger: core.tellsOfDanger,
    deliverSoon: () => void deliveries.sweep().catch(() => log('warn', 'delivery-put-off')),
    callStaff: ({ reason, key }) => core.callStaff(reason, key),
    policy,
    timeZone: config.timeZone,
    makeIdentifier,
    now,
    log: (event, fields) => log('warn', event, fields),
  });
}

/** What a message of the bot offered, the first being 1; null when there is no such choice. */
async function choiceOf(store: Pick<Store, 'readLog'>, conversationId: Identifier, seq: number, number: number): Promise<Choice | null> {
  const [row] = await store.readLog(conversationId, seq - 1, 1);
  return row?.seq === seq && row.from === 'bot' ? (row.body.choices[number - 1] ?? null) : null;
}

/** Slack where it is configured, else null: only then is Bolt loaded. */
export async function openSlack(config: Config, core: Core, platform: Platform, desk: Desk, log: Log): Promise<SlackChannel | null> {
  if (config.slack === null) return null;
  const { createSlack } = await import('./channels/slack/slack.ts');
  const { store, turns, makeIdentifier, now } = core;
  const { policy, timeZone } = config;
  const chat = staffChatStore(store, makeIdentifier, 'slack');
  const staff = staffStore(store);
  const readDigest = digestOn(store);
  return createSlack({
    account: config.slack,
    desk,
    ...chat,
    admit: async ({ name, email, role }) => {
      const [id, at] = [makeIdentifier(), now()];
      const change = { at, actor: 'settings', action: 'staff.add', subject: `staff:${id}`, details: { role } };
      await staff.add({ id, name, email, role, createdAt: at, tokenHash: hashToken(randomBytes(32).toString('base64url')) }, change);
    },
    tickets: { board: boardDesk({ board: boardOn(store), now }), once: onceKeys(store), customerWaiting: waitingCustomerOn(store) },
    digest: (day) => readDigest({ ...daysAround(day, timeZone), now: now() }),
    customers: {
      secret: Buffer.from(hkdfSync('sha256', config.piiKey, '', 'baoxiu slack conversations', 32)),
      openConversation: store.openConversation,
      accept: store.accept,
      cleanFile: core.cleanFile,
      acceptWithRemoteMedia: platform.acceptWithRemoteMedia,
      media: platform.media,
      offered: (conversationId, seq, number) => choiceOf(store, conversationId, seq, number),
      turnSoon: turns.turnSoon,
      tellsOfDanger: core.tellsOfDanger,
      lately: (since, max) => recentUsersOn(store, 'slack', since, max),
    },
    fileUrl: core.fileUrl,
    sharedFileUrl: core.sharedFileUrl,
    policy,
    timeZone,
    holder: makeIdentifier(),
    makeIdentifier,
    now,
    log: (event, fields) => log('warn', event, fields),
  });
}

function daysAround(day: LocalDay, timeZone: string) {
  const begins = (of: LocalDay) => spanOfDay(of, timeZone).from;
  return { yesterday: begins(addDays(day, -1)), today: begins(day), tomorrow: begins(addDays(day, 1)) };
}

export async function slackState(slack: SlackChannel): Promise<PartReport> {
  const found = await slack.troubles();
  return found.length === 0 ? 'ready' : { state: 'incomplete', note: found.join('; ') };
}

/** It keeps nobody from using the other channels, so it is named and the desk stays ready. */
export async function wechatState(wechat: WechatChannel): Promise<PartReport> {
  const found = await wechat.troubles();
  return found.length === 0 ? 'ready' : { state: 'incomplete', note: found.map((it) => it.note).join('; ') };
}
