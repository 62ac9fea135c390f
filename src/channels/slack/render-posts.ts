/** What our posts in Slack show, made from the record at the moment they are sent. */
import type { SharedIn } from '../../desk/attachments.ts';
import type { DigestFigures } from '../../desk/digest.ts';
import type { Handoff } from '../../desk/handoff.ts';
import { maskTyped } from '../../desk/masked.ts';
import { maskDoors } from '../../desk/masked-doors.ts';
import type { PageToSee } from '../../desk/pages.ts';
import type { StaffBatch, StaffCard, StaffPost, ThreadReplies } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { TicketClock } from '../../desk/tickets.ts';
import type { TranscriptLine } from '../../desk/transcript.ts';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import { type Instant, type LocalDay, SECOND } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { button, buttons, cut, section } from './blocks.ts';
import { digestMessage } from './digest.ts';
import { handoffCard, type SoFar } from './handoff-card.ts';
import type { RenderPosts } from './lane.ts';
import type { StaffSide } from './needs.ts';
import { pageCard } from './page-card.ts';
import type { Shown } from './shown.ts';
import { escapeSlack } from './slack-text.ts';
import { REPLY_ACTIONS } from './thread-private.ts';
import { linesOf, saidInThread } from './thread-said.ts';
import { ticketCard } from './ticket-card.ts';
import { momentText } from './ticket-words.ts';

export type RenderNeeds = StaffSide & {
  readonly replies: Pick<ThreadReplies, 'byId'>;
  readonly reader: StaffMember;
  /** The address of a customer's file, for a thread; it expires. */
  readonly sharedFileUrl: (fileId: Identifier, sharedIn: SharedIn) => string;
  readonly digest: (day: LocalDay) => Promise<DigestFigures>;
};

type Live = { readonly shown: Shown; readonly isFinal: boolean };

const LIST_MAX = 500;
const SO_FAR_LINES = 3;
const SO_FAR_LOOK_BACK = 12;
const SO_FAR_KEPT_MAX = 500;
const QUOTE_CHARACTERS_MAX = 80;
const TICKETS_EVERY_MILLISECONDS = 20 * SECOND;
const CARDS_KNOWN_MAX = 2_000;

/** Rendering, over the desk. */
export function createRenderPosts(needs: RenderNeeds): RenderPosts & { readonly lookAgain: () => void } {
  const { desk, reader, policy, timeZone, word } = needs;
  const reading = { word, language: policy.slack.language, timeZone, holdSeconds: policy.slack.holdSeconds };
  const soFarKept = new Map<Identifier, SoFar>();
  const lookedAt = new Map<Identifier, Instant>();

  /** What was said before the customer began to wait: it changes no more. */
  async function soFarOf(handoff: Handoff, seq: number): Promise<SoFar> {
    const kept = soFarKept.get(handoff.id);
    if (kept !== undefined) return kept;
    const wanted = { conversationId: handoff.conversationId, afterSeq: Math.max(0, seq - SO_FAR_LOOK_BACK), limit: SO_FAR_LOOK_BACK };
    const read = await desk.transcript.read(reader, wanted);
    // That somebody comes is no news to who comes.
    const isNews = (it: TranscriptLine) => it.seq <= seq && it.text !== '' && (it.from !== 'bot' || it.at < handoff.waitingSince);
    const lines = read.kind === 'found' ? read.lines.filter(isNews).slice(-SO_FAR_LINES) : [];
    if (soFarKept.size >= SO_FAR_KEPT_MAX) soFarKept.clear();
    soFarKept.set(handoff.id, lines);
    return lines;
  }

  async function handoffShown(handoff: Handoff, facts: StaffPost['facts']): Promise<Live> {
    const soFar = await soFarOf(handoff, Number(facts['seq'] ?? 0));
    return { shown: handoffCard(handoff, soFar, reading), isFinal: handoff.status === 'resolved' };
  }

  async function handoffOf(id: Identifier | null): Promise<Handoff | null> {
    const found = id === null ? null : await desk.handoffs.read(reader, id);
    return found?.kind === 'found' ? found.handoff : null;
  }

  async function ticketShown(number: string | null): Promise<Live | null> {
    const found = number === null ? null : await desk.tickets.read(reader, number);
    if (found?.kind !== 'found') return null;
    const { isFinal, ...shown } = ticketCard(found.ticket, needs);
    return { shown, isFinal };
  }

  /** Who is called is written down with the call. */
  async function peopleOf(facts: StaffPost['facts']): Promise<readonly string[]> {
    const called = Array.isArray(facts['roster']) ? (facts['roster'] as readonly string[]) : [];
    const ids = called.flatMap((it) => parseIdentifier(it) ?? []);
    return (await Promise.all(ids.map(needs.userIdOf))).flatMap((it) => it ?? []);
  }

  async function pageOf(pageId: Identifier | null): Promise<PageToSee | null> {
    const found = pageId === null ? null : await desk.pages.read(reader, pageId);
    return found?.kind === 'found' ? found.page : null;
  }

  async function pageShown(page: PageToSee, facts: StaffPost['facts']): Promise<Live> {
    const { isFinal, ...shown } = pageCard({ ...page, mentions: await peopleOf(facts) }, needs);
    return { shown, isFinal };
  }

  async function openHandoffs(): Promise<ReadonlyMap<Identifier, Handoff>> {
    const found = new Map<Identifier, Handoff>();
    for (const status of ['queued', 'claimed'] as const) {
      const listed = await desk.handoffs.list(reader, { status, after: null, limit: LIST_MAX });
      if (listed.kind === 'listed') for (const it of listed.slice.items) found.set(it.id, it);
    }
    return found;
  }

  async function saidShown({ posts }: StaffBatch): Promise<{ readonly ids: readonly Identifier[]; readonly shown: Shown } | null> {
    const [first] = posts;
    const handoff = await handoffOf(first?.handoffId ?? null);
    if (first === undefined || handoff === null) return null;
    const wanted = { ids: posts.flatMap((it) => it.messageId ?? []), afterSeq: Number(first.facts['seq'] ?? 1) - 1 };
    const lines = await linesOf(desk, reader, handoff.conversationId, wanted);
    if (lines.length === 0) return null;
    const sharedIn = { channel: first.lane, thread: first.threadTs ?? '' };
    const { shown, count } = saidInThread(lines, { ...needs, fileUrl: (fileId) => needs.sharedFileUrl(fileId, sharedIn) });
    // What has no words to show goes with its neighbours.
    const last = lines[count]?.id;
    const until = last === undefined ? posts.length : posts.findIndex((it) => it.messageId === last);
    return { ids: posts.slice(0, Math.max(1, until)).map((it) => it.id), shown };
  }

  async function warningShown({ facts, messageId, ticket, pageId }: StaffPost): Promise<Shown | null> {
    if (facts['what'] === 'undelivered') return messageId === null ? null : await undelivered(messageId);
    if (facts['what'] === 'page') return await calledAgain(pageId, facts);
    const when = {
      clock: word(`ticket.clock.${String(facts['clock']) as TicketClock['kind']}`),
      moment: momentText(Number(facts['dueAt']) as Parameters<typeof momentText>[0], needs),
    };
    const text = ticket === null ? word('warning.chat', when) : word('warning.sla', { ticket, ...when });
    const show = ticket === null ? [] : [button({ label: word('ticket.do.show'), actionId: 'ticket:show', value: ticket })];
    return { text, blocks: [section(text), ...buttons(show)] };
  }

  /** What was over before anybody could be called calls nobody. */
  async function calledFirst({ pageId, facts }: StaffPost): Promise<Shown | null> {
    const page = await pageOf(pageId);
    return page === null || page.status === 'closed' ? null : (await pageShown(page, facts)).shown;
  }

  /** Nobody is called to what somebody sees to by now. */
  async function calledAgain(pageId: Identifier | null, facts: StaffPost['facts']): Promise<Shown | null> {
    if ((await pageOf(pageId))?.status !== 'open') return null;
    const people = (await peopleOf(facts)).map((it) => `<@${it}>`).join(' ');
    const text = word('warning.page', { times: Number(facts['send'] ?? 0), people });
    return { text, blocks: [section(text)] };
  }

  async function undelivered(messageId: Identifier): Promise<Shown | null> {
    const reply = await needs.replies.byId(messageId);
    if (reply === null) return null;
    const handoff = await handoffOf(reply.handoffId);
    const ticket = handoff?.ticket ? await desk.tickets.read(reader, handoff.ticket) : null;
    const isWechat = ticket?.kind === 'found' && ticket.ticket.channel === 'wechat';
    const said = escapeSlack(cut(maskDoors(maskTyped(reply.body.text)), QUOTE_CHARACTERS_MAX));
    const text = word('thread.undelivered', { text: said, why: word(isWechat ? 'thread.undelivered.wechat' : 'thread.undelivered.other') });
    const again = button({ label: word('thread.again'), actionId: REPLY_ACTIONS.again, value: reply.id, style: 'primary' });
    return { text, blocks: [section(text), ...buttons([again])] };
  }

  async function single(post: StaffPost): Promise<Shown | null> {
    switch (post.kind) {
      case 'handoff': {
        const handoff = await handoffOf(post.handoffId);
        return handoff === null ? null : (await handoffShown(handoff, post.facts)).shown;
      }
      case 'ticket':
        return (await ticketShown(post.ticket))?.shown ?? null;
      case 'page':
        return await calledFirst(post);
      case 'warning':
        return await warningShown(post);
      case 'digest': {
        const day = String(post.facts['day']) as LocalDay;
        return digestMessage(await needs.digest(day), day, needs);
      }
      case 'said':
        return null;
      default:
        return unreachable(post.kind);
    }
  }

  /** There may be many tickets, and few change: each is looked at now and then, or at once when somebody has done something. */
  function isDue(cardId: Identifier): boolean {
    const last = lookedAt.get(cardId);
    const now = needs.now();
    if (last !== undefined && now - last < TICKETS_EVERY_MILLISECONDS) return false;
    if (lookedAt.size >= CARDS_KNOWN_MAX) lookedAt.clear();
    lookedAt.set(cardId, now);
    return true;
  }

  return {
    lookAgain: () => lookedAt.clear(),

    batch: async (batch) => {
      const [first] = batch.posts;
      if (first === undefined) return null;
      if (first.kind === 'said') return await saidShown(batch);
      const shown = await single(first);
      return shown === null ? null : { ids: [first.id], shown };
    },

    cards: async (cards) => {
      const has = (kind: StaffCard['kind']) => cards.some((it) => it.kind === kind);
      const handoffs = has('handoff') ? await openHandoffs() : new Map<Identifier, Handoff>();
      const wanted = new Map<Identifier, Live>();
      for (const card of cards) {
        const live = await liveOf(card, handoffs);
        if (live !== null) wanted.set(card.id, live);
      }
      return wanted;
    },
  };

  async function liveOf(card: StaffCard, handoffs: ReadonlyMap<Identifier, Handoff>): Promise<Live | null> {
    switch (card.kind) {
      case 'handoff': {
        const handoff = (card.handoffId === null ? undefined : handoffs.get(card.handoffId)) ?? (await handoffOf(card.handoffId));
        return handoff === null ? null : await handoffShown(handoff, card.facts);
      }
      case 'ticket':
        return isDue(card.id) ? await ticketShown(card.ticket) : null;
      case 'page': {
        const page = await pageOf(card.pageId);
        return page === null ? null : await pageShown(page, card.facts);
      }
      default:
        return unreachable(card.kind);
    }
  }
}
