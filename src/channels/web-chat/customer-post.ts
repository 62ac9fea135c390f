/**
 * A customer's message on its way in: read, limited, taken through the bot adapter, made durable. Only then is it
 * answered, with the same id however often the client sends it again.
 */
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { CleanFile } from '../../turn/clean-file.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { Inbound } from '../../turn/message.ts';
import type { Accept, Accepted, AcceptWithAttachments, NewAttachment } from '../../turn/ports.ts';
import { type SentFile, sortFiles } from '../../turn/sent-files.ts';
import { activityIdOf, type CustomerActivity, channelMessageIdOf, customerActivity, inboundBodyOf, readActivity } from './activity.ts';
import { filesInside } from './attachment.ts';
import type { BotAdapter } from './bot-adapter.ts';
import type { ChatLimits } from './chat-limits.ts';
import { badArgument, FAULTS, type Fault, tooMany } from './fault.ts';
import type { Pass } from './pass.ts';
import type { Published } from './stream-hub.ts';
import type { ReadUpload } from './upload.ts';

export type PostOutcome = { readonly kind: 'taken'; readonly activityId: string } | { readonly kind: 'refused'; readonly fault: Fault };

/** `started` the first time, `open` every other. */
export type StartOutcome = { readonly kind: 'started' } | { readonly kind: 'open' } | { readonly kind: 'refused'; readonly fault: Fault };

export type CustomerPostNeeds = {
  readonly adapter: BotAdapter;
  readonly accept: Accept;
  readonly acceptWithAttachments: AcceptWithAttachments;
  readonly cleanFile: CleanFile;
  readonly fileUrl: FileUrl;
  readonly start: (pass: Pass, address: string) => Promise<StartOutcome>;
  readonly now: () => number;
  readonly makeIdentifier: MakeIdentifier;
  readonly sizes: Pick<Policy['limits'], 'messageCharacters' | 'uploadBytes' | 'filesPerMessage' | 'filesPerConversation'>;
  readonly limits: Pick<ChatLimits, 'message' | 'refusal'>;
  /** The message is durable: show it to the customer's clients and start the turn. */
  readonly accepted: (pass: Pass, echo: Published) => void;
  /** An event of the conversation is durable: start the turn. */
  readonly happened: (conversationId: Identifier) => void;
  readonly failed: (event: string, error: unknown) => void;
};

/** Takes one posted activity of the pass's bearer, whoever its `from` says it is. */
export async function postActivity(needs: CustomerPostNeeds, pass: Pass, address: string, body: unknown): Promise<PostOutcome> {
  const read = readActivity(body);
  if (read.kind === 'refused') return refused(badArgument(read.reason));
  if (read.kind === 'ignored') return { kind: 'taken', activityId: activityIdOf(pass.conversationId, 0) };
  const fault = await overLimit(needs, pass, address);
  return fault === null ? take(needs, pass, address, read.activity, filesInside(read.activity.attachments ?? [])) : refused(fault);
}

/** Takes an upload, whose body is not even read when the bearer has said too much lately. */
export async function postUpload(
  needs: CustomerPostNeeds,
  pass: Pass,
  address: string,
  readBody: () => Promise<ReadUpload>,
): Promise<PostOutcome> {
  const fault = await overLimit(needs, pass, address);
  if (fault !== null) return refused(fault);
  const upload = await readBody();
  if (upload.kind === 'refused') return upload;
  const read = readActivity(upload.activity);
  switch (read.kind) {
    case 'refused':
      return refused(badArgument(read.reason));
    case 'ignored':
      return refused(badArgument('The activity of an upload is of the type "message".'));
    case 'message':
      return take(needs, pass, address, read.activity, upload.files);
    default:
      return unreachable(read);
  }
}

async function take(
  needs: CustomerPostNeeds,
  pass: Pass,
  address: string,
  posted: CustomerActivity,
  files: readonly SentFile[],
): Promise<PostOutcome> {
  const sorted = await sortFiles(files, { ...needs, limits: needs.sizes });
  if (sorted.kind !== 'good') return refused(NOT_TAKEN[sorted.kind]);
  const { attachments } = sorted;
  const id = needs.makeIdentifier();
  return needs.adapter.receive(pass, id, posted, async (activity) => {
    const inbound: Inbound = {
      id,
      conversationId: pass.conversationId,
      channel: 'web-chat',
      channelMessageId: channelMessageIdOf(pass.conversationId, activity, id),
      sender: 'customer',
      body: inboundBodyOf(activity, attachments, needs.sizes.messageCharacters),
      at: instantOf(needs.now()),
    };
    // Words that can't be read must not take the files beside them down unnoticed.
    if (attachments.length > 0 && inbound.body.kind !== 'photos') return refused(FAULTS.tooLarge);
    const opened = await acceptOpened(needs, pass, address, inbound, attachments);
    switch (opened.kind) {
      case 'refused':
        return opened;
      case 'full':
        return refused(FAULTS.conversationFull);
      case 'no-such-conversation':
        return refused(FAULTS.noSuchPath);
      case 'accepted':
        needs.accepted(pass, {
          seq: opened.seq,
          activity: customerActivity(pass.conversationId, { ...inbound, ...opened }, pass.user, needs.fileUrl),
        });
        return { kind: 'taken', activityId: activityIdOf(pass.conversationId, opened.seq) };
      case 'redelivered':
        return { kind: 'taken', activityId: activityIdOf(pass.conversationId, opened.seq) };
      default:
        return unreachable(opened);
    }
  });
}

const NOT_TAKEN = {
  'too-many': FAULTS.tooManyFiles,
  'too-large': FAULTS.fileTooLarge,
  'wrong-kind': FAULTS.wrongKind,
  busy: FAULTS.uploadsBusy,
} as const;

type Opened = Awaited<ReturnType<AcceptWithAttachments>> | { readonly kind: 'refused'; readonly fault: Fault };

/** A client that skipped the start, or whose conversation a restored store has forgotten, is started now. */
async function acceptOpened(
  needs: CustomerPostNeeds,
  pass: Pass,
  address: string,
  inbound: Inbound,
  attachments: readonly NewAttachment[],
): Promise<Opened> {
  const accept = () =>
    attachments.length === 0
      ? acceptOne(needs.accept, inbound)
      : needs.acceptWithAttachments(inbound, attachments, needs.sizes.filesPerConversation);
  const accepted = await accept();
  if (accepted.kind !== 'no-such-conversation') return accepted;
  const started = await needs.start(pass, address);
  return started.kind === 'refused' ? started : accept();
}

function refused(fault: Fault): { readonly kind: 'refused'; readonly fault: Fault } {
  return { kind: 'refused', fault };
}

/** Counts the message: null, or the fault of who sends too many. */
async function overLimit(needs: CustomerPostNeeds, pass: Pass, address: string): Promise<Fault | null> {
  const waitSeconds = needs.limits.message(pass, address, needs.now());
  if (waitSeconds === 0) return null;
  await sayRefused(needs, pass, address);
  return tooMany(waitSeconds);
}

/** The refused message is kept nowhere; once a minute the bot is told, so that the customer hears why. */
async function sayRefused({ limits, accept, happened, failed, ...needs }: CustomerPostNeeds, pass: Pass, address: string): Promise<void> {
  const { conversationId } = pass;
  const at = instantOf(needs.now());
  const name = limits.refusal(pass, address, at);
  if (name === null) return;
  const event: Inbound = {
    id: needs.makeIdentifier(),
    conversationId,
    channel: 'web-chat',
    channelMessageId: name,
    sender: 'system',
    body: { kind: 'event', event: 'messages-refused' },
    at,
  };
  try {
    if ((await acceptOne(accept, event)).kind === 'accepted') happened(conversationId);
  } catch (error) {
    // The answer is 429 all the same.
    failed('web-chat.refusal-unsaid', error);
  }
}

/** Makes one message durable. */
export async function acceptOne(accept: Accept, inbound: Inbound): Promise<Accepted> {
  const [accepted] = await accept([inbound]);
  if (accepted === undefined) throw new Error('invariant: accept answers for every message');
  return accepted;
}
