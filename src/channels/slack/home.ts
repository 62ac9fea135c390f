/** The first page of the app, made for each member anew whenever they open it or have done something. */
import type { App, types } from '@slack/bolt';
import type { Board, BoardHandoff, BoardTicket } from '../../desk/board.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { MINUTE } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { HANDOFF_REASONS, named } from '../../wording/staff/handoff-names.ts';
import { button, buttons, context, header, type KnownBlock, section } from './blocks.ts';
import { askerOf, lackText, memberOrTell, noteWindow, openWindow } from './private-window.ts';
import { escapeSlack } from './slack-text.ts';
import type { TicketSide } from './ticket-side.ts';
import { clockText, dueText, momentText, plainMatter, standText, type Telling } from './ticket-words.ts';

/** Lines of each list. */
const HOME_LINES_MAX = 10;

type HomeView = types.HomeView;

/** Adds the page and its buttons. */
export function registerHome(app: App, side: TicketSide): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') publishHome(side, event.user);
  });

  app.action({ action_id: 'home:refresh', type: 'block_actions' }, async ({ ack, body }) => {
    await ack();
    publishHome(side, body.user.id);
  });

  app.action({ action_id: /^home:claim:/, type: 'block_actions' }, async ({ ack, body, action }) => {
    await ack();
    const handoffId = parseIdentifier(action.action_id.slice('home:claim:'.length));
    const asker = askerOf(body);
    const member = handoffId === null ? null : await memberOrTell(side, asker);
    if (member === null || handoffId === null) return;
    const done = await side.desk.handoffs.claim(member, handoffId);
    switch (done.kind) {
      case 'claimed':
        side.soon();
        break;
      case 'claimed-by-another':
        await openWindow(side, asker, noteWindow(side.word('home.claimed-by', { owner: escapeSlack(done.owner.name) }), side.word));
        break;
      case 'no-such-handoff':
      case 'already-resolved':
        await openWindow(side, asker, noteWindow(side.word('home.claim.over'), side.word));
        break;
      case 'forbidden':
        await openWindow(side, asker, noteWindow(lackText(done, side.word), side.word));
        break;
      default:
        unreachable(done);
    }
    publishHome(side, asker.userId);
  });
}

/** Makes the page of a user anew. Nobody waits for it, Slack least of all; a failure is only written down, the page stays as it was. */
export function publishHome(side: TicketSide, userId: string): void {
  const failed = (why: string) => side.log('slack-home-not-shown', { why });
  homeOf(side, userId)
    .then((view) => side.call('views.publish', { user_id: userId, view }))
    .then((done) => {
      if (done.kind !== 'ok') failed(done.kind === 'refused' ? done.error : done.kind);
    })
    .catch((error: unknown) => failed(error instanceof Error ? error.name : 'unknown'));
}

async function homeOf(side: TicketSide, userId: string): Promise<HomeView> {
  const member = await side.memberOf(userId);
  if (member === null) return page([section(side.word('who.unknown'))]);
  const read = await side.board(member, HOME_LINES_MAX);
  return page(read.kind === 'forbidden' ? [section(lackText(read, side.word))] : homeBlocks(read.board, side));
}

function page(blocks: readonly KnownBlock[]): HomeView {
  return { type: 'home', blocks: [...blocks] };
}

/** The three lists, at most 100 blocks. */
export function homeBlocks({ mine, unclaimed, overdue }: Board, telling: Telling): KnownBlock[] {
  const { word } = telling;
  const head = [
    header(word('home.title')),
    ...buttons([
      button({ label: word('home.new'), actionId: 'home:new', value: 'new', style: 'primary' }),
      button({ label: word('home.refresh'), actionId: 'home:refresh', value: 'refresh' }),
    ]),
  ];
  const asOf = context(word('home.as-of', { clock: clockText(telling.now(), telling) }));
  const [own, waiting] = [handoffsAndTickets(mine, telling), handoffsAndTickets(unclaimed, telling)];
  const late = { total: overdue.total, lines: overdue.items.map((it) => ticketLine(it, telling)) };
  if (own.total + waiting.total + late.total === 0) return [...head, section(word('home.empty')), asOf];
  return [
    ...head,
    ...listBlocks(word('home.mine'), word('home.none.mine'), own, telling),
    ...listBlocks(word('home.unclaimed'), word('home.none.unclaimed'), waiting, telling),
    ...listBlocks(word('home.overdue'), word('home.none.overdue'), late, telling),
    asOf,
  ];
}

type Lines = { readonly total: number; readonly lines: readonly KnownBlock[] };

/** People who wait stand before papers. */
function handoffsAndTickets({ handoffs, tickets }: Board['mine'], telling: Telling): Lines {
  return {
    total: handoffs.total + tickets.total,
    lines: [...handoffs.items.map((it) => handoffLine(it, telling)), ...tickets.items.map((it) => ticketLine(it, telling))],
  };
}

function listBlocks(title: string, none: string, { total, lines }: Lines, { word }: Telling): KnownBlock[] {
  const shown = lines.slice(0, HOME_LINES_MAX);
  const left = total - shown.length;
  return [
    { type: 'divider' },
    section(`*${title}* ${total}`),
    ...(shown.length === 0 ? [context(none)] : shown),
    ...(left > 0 ? [context(word('home.more', { count: left }))] : []),
  ];
}

function handoffLine(handoff: BoardHandoff, telling: Telling): KnownBlock {
  const { word } = telling;
  const reason = escapeSlack(named(HANDOFF_REASONS, handoff.reason, telling.policy.slack.language));
  const number = handoff.ticket === null ? '' : ` \u00b7 ${handoff.ticket}`;
  if (handoff.claimedAt !== null)
    return section(`${word('home.handoff.mine', { reason, moment: momentText(handoff.claimedAt, telling) })}${number}`);
  const minutes = Math.max(0, Math.floor((telling.now() - handoff.waitingSince) / MINUTE));
  return {
    ...section(`${word('home.handoff.waiting', { reason, minutes })}${number}`),
    accessory: button({ label: word('home.claim'), actionId: `home:claim:${handoff.id}`, value: handoff.id, style: 'primary' }),
  };
}

function ticketLine(ticket: BoardTicket, telling: Telling): KnownBlock {
  const due = dueText(ticket, telling);
  const second = [plainMatter(ticket, telling), ...(due === null ? [] : [due])].join(' \u00b7 ');
  return {
    ...section(`*${ticket.number}* ${standText(ticket, telling)}\n${second}`),
    accessory: button({ label: telling.word('ticket.do.show'), actionId: 'ticket:show', value: ticket.number }),
  };
}
