/** The ports of the web chat over a log in memory, with a bot that answers what a test tells it to, on a loopback port. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createWebChat, type WebChat, type WebChatNeeds } from '../../../src/channels/web-chat/web-chat.ts';
import { type Identifier, identifierFrom } from '../../../src/domain/identifier.ts';
import { type Instant, instantOf } from '../../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';
import { createCleanFile } from '../../../src/files/clean-file.ts';
import type { CleanFile } from '../../../src/turn/clean-file.ts';
import type { Choice, LoggedMessage, OutgoingBody, PlacedMessage } from '../../../src/turn/message.ts';
import type { Accept, Accepted, NewAttachment, SendResult } from '../../../src/turn/ports.ts';

type Conversation = { readonly externalId: string; log: LoggedMessage[] };

/** What survives a restart of the server. */
export type MemoryStore = {
  readonly conversations: Map<Identifier, Conversation>;
  readonly attachments: (NewAttachment & { readonly conversationId: Identifier })[];
  readonly secret: Buffer;
};

export type Said = Partial<OutgoingBody> & { readonly text: string };

export type MemoryDesk = {
  readonly url: string;
  readonly webChat: WebChat;
  readonly store: MemoryStore;
  readonly log: (conversationId: string) => readonly LoggedMessage[];
  /** Writes a message to the log and hands it to the channel, as a turn or a member of staff does. */
  readonly tell: (conversationId: string, said: Said, sender?: 'bot' | 'staff') => Promise<readonly SendResult[]>;
  /** Only writes it: another process would send. */
  readonly write: (conversationId: string, said: Said, sender?: 'bot' | 'staff') => PlacedMessage;
  readonly setNow: (milliseconds: number) => void;
  readonly stop: () => Promise<void>;
};

export type DeskOptions = Partial<Pick<WebChatNeeds, 'allowedOrigins' | 'limits' | 'publicUrl' | 'bodyMilliseconds' | 'streamRefused'>> & {
  readonly store?: MemoryStore;
  readonly port?: number;
  /** What the bot says to a message; null = nothing. */
  readonly answer?: (row: LoggedMessage) => Said | null;
  readonly beforeAccept?: () => Promise<void>;
  readonly cleanFile?: CleanFile;
};

export const choices = (...labels: readonly string[]): readonly Choice[] => labels.map((label) => ({ label, value: label }));

/** The text a bot sees: of an unreadable message, why; of photos, how many. */
export function textOf({ body }: LoggedMessage): string {
  if (!('kind' in body) || body.kind === 'text') return body.text;
  if (body.kind === 'photos') return `photos/${body.attachmentIds.length} ${body.text ?? ''}`.trim();
  if (body.kind === 'unreadable') return `unreadable/${body.why}`;
  return body.kind === 'event' ? body.event : body.kind;
}

const echoing = (row: LoggedMessage): Said => ({ text: row.from === 'system' ? '您好,这里是报修助手。' : `收到:${textOf(row)}` });

export async function startMemoryDesk(options: DeskOptions = {}): Promise<MemoryDesk> {
  const store: MemoryStore = options.store ?? { conversations: new Map(), attachments: [], secret: randomBytes(32) };
  let pinnedNow: number | null = null;
  const now = () => pinnedNow ?? Date.now();
  const makeIdentifier = () => identifierFrom(now(), randomBytes(10));
  const conversation = (id: string): Conversation => {
    const found = store.conversations.get(id as Identifier);
    if (found === undefined) throw new Error(`no conversation ${id}`);
    return found;
  };

  const write: MemoryDesk['write'] = (conversationId, said, sender = 'bot') => {
    const { log } = conversation(conversationId);
    const body: OutgoingBody = {
      speaker: null,
      choices: [],
      links: [],
      files: [],
      dialog: { flow: null, asking: null, reply: [] },
      ticket: null,
      ...said,
    };
    const placed: PlacedMessage = { id: makeIdentifier(), seq: log.length + 1, sender, body, at: instantOf(now()) };
    log.push({ id: placed.id, seq: placed.seq, at: placed.at, channelMessageId: null, delivery: 'pending', from: sender, body });
    return placed;
  };

  const settle = (id: Identifier, delivery: 'delivered' | 'waiting') => {
    for (const it of store.conversations.values())
      it.log = it.log.map((row) => (row.id === id && row.delivery !== 'delivered' ? { ...row, delivery } : row));
  };

  const tell: MemoryDesk['tell'] = async (conversationId, said, sender) => {
    const placed = write(conversationId, said, sender);
    const lane = {
      conversationId: conversationId as Identifier,
      channel: 'web-chat' as const,
      externalId: conversation(conversationId).externalId,
    };
    const results = await webChat.send(lane, [placed]);
    const [result] = results;
    if (result?.kind === 'delivered' || result?.kind === 'waiting') settle(placed.id, result.kind);
    return results;
  };

  const accept: Accept = async (inbounds) => {
    await options.beforeAccept?.();
    return inbounds.map((inbound): Accepted => {
      const found = store.conversations.get(inbound.conversationId);
      if (found === undefined) return { kind: 'no-such-conversation' };
      const before = found.log.find((row) => row.channelMessageId === inbound.channelMessageId);
      if (before !== undefined) return { kind: 'redelivered', id: before.id, seq: before.seq };
      const seq = found.log.length + 1;
      found.log.push({
        id: inbound.id,
        seq,
        at: inbound.at,
        channelMessageId: inbound.channelMessageId,
        delivery: null,
        from: inbound.sender,
        body: inbound.body,
      });
      return { kind: 'accepted', id: inbound.id, seq };
    });
  };

  const webChat = createWebChat({
    async openConversation({ conversationId, externalId }) {
      const created = !store.conversations.has(conversationId);
      if (created) store.conversations.set(conversationId, { externalId, log: [] });
      return { conversationId, accountId: conversationId, created };
    },
    accept,
    cleanFile: options.cleanFile ?? createCleanFile(),
    async acceptWithAttachments(inbound, attachments, perConversationMax) {
      const { conversationId } = inbound;
      const known = store.conversations.get(conversationId)?.log.some((row) => row.channelMessageId === inbound.channelMessageId) ?? false;
      const held = store.attachments.filter((it) => it.conversationId === conversationId).length;
      if (!known && held + attachments.length > perConversationMax) return { kind: 'full' };
      const [accepted] = await accept([inbound]);
      if (accepted?.kind === 'accepted') store.attachments.push(...attachments.map((it) => ({ ...it, conversationId })));
      return accepted ?? { kind: 'no-such-conversation' };
    },
    async readLog(conversationId, afterSeq, limit) {
      return (store.conversations.get(conversationId)?.log ?? []).filter((row) => row.seq > afterSeq).slice(0, limit);
    },
    fileUrl: (id) => `${options.publicUrl ?? 'http://desk.example'}/files/${id}`,
    async markDelivered(ids) {
      for (const id of ids) settle(id, 'delivered');
    },
    onAccepted(conversationId) {
      const row = conversation(conversationId).log.at(-1);
      const said = row && (row.from === 'customer' || row.from === 'system') ? (options.answer ?? echoing)(row) : null;
      if (said) setImmediate(() => void tell(conversationId, said));
    },
    secret: store.secret,
    now,
    makeIdentifier,
    allowedOrigins: options.allowedOrigins ?? [],
    publicUrl: options.publicUrl ?? 'http://127.0.0.1:3978',
    limits: options.limits ?? DEFAULT_POLICY.limits,
    ...(options.bodyMilliseconds !== undefined && { bodyMilliseconds: options.bodyMilliseconds }),
    ...(options.streamRefused !== undefined && { streamRefused: options.streamRefused }),
    log: (event, fields) => {
      if (process.env['VERBOSE']) console.log(event, fields);
    },
  });

  const server = createAdaptorServer({ fetch: webChat.app.fetch, websocket: { server: webChat.webSocketServer } });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    webChat,
    store,
    log: (conversationId) => conversation(conversationId).log,
    tell,
    write,
    setNow(milliseconds) {
      pinnedNow = milliseconds as Instant;
    },
    async stop() {
      await webChat.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}
