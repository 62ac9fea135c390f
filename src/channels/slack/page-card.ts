/** A page in the urgent channel: who is called, to what, what to do, and one button for who sees to it. */
import type { App } from '@slack/bolt';
import type { PageToSee } from '../../desk/pages.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { StaffWord } from '../../wording/staff/render.ts';
import { button, buttons, context, cut, type KnownBlock, type Said, section } from './blocks.ts';
import type { StaffSide } from './needs.ts';
import { pageReasonText } from './page-reasons.ts';
import { askerOf, lackText, memberOrTell, noteWindow, openWindow } from './private-window.ts';
import { escapeSlack } from './slack-text.ts';
import { momentText, type Telling } from './ticket-words.ts';

/** `mentions`: Slack users to call, in the order of the roster. */
export type PageShown = PageToSee & { readonly mentions: readonly string[] };

const ACKNOWLEDGE = 'page:acknowledge:';
const MENTIONS_MAX = 20;
const NAME_CHARACTERS_MAX = 40;

/** The card of a page; `isFinal` once somebody sees to it, or nobody need. */
export function pageCard(page: PageShown, telling: Telling): Said & { readonly isFinal: boolean } {
  const { word } = telling;
  const reason = pageReasonText(page.reason, word) ?? word('page.reason.other', { code: escapeSlack(page.reason) });
  const title = titleOf(page, reason, word);
  const people = page.mentions.slice(0, MENTIONS_MAX).map((it) => `<@${it}>`);
  const calls = page.status === 'open' && people.length > 0 ? [word('page.to', { people: people.join(' ') })] : [];
  const ticket = page.ticket === null ? [] : [word('page.ticket', { number: page.ticket })];
  const chat = page.ticket === null && page.conversationId !== null ? [word('page.chat')] : [];
  return {
    text: [title, ...ticket].join(' \u00b7 '),
    blocks: [
      section([`*${title}*`, ...ticket, ...chat, ...calls].join('\n')),
      ...stepBlocks(page, telling),
      context(word('page.since', { moment: momentText(page.raisedAt, telling), sends: Math.max(1, page.sends) })),
      ...buttons([
        ...(page.status === 'open'
          ? [button({ label: word('page.acknowledge'), actionId: `${ACKNOWLEDGE}${page.id}`, value: page.id, style: 'primary' })]
          : []),
        ...(page.ticket === null ? [] : [button({ label: word('ticket.do.show'), actionId: 'ticket:show', value: page.ticket })]),
      ]),
    ],
    isFinal: page.status !== 'open',
  };
}

function titleOf({ status, acknowledgedBy, closed }: PageShown, reason: string, word: StaffWord): string {
  if (closed !== null) return word('page.closed', { reason, why: word(`page.closed.${closed.why}`) });
  if (status === 'open') return word('page.open', { reason });
  const name = acknowledgedBy === null ? word('ticket.who.staff') : escapeSlack(cut(acknowledgedBy.name, NAME_CHARACTERS_MAX));
  return word('page.acknowledged', { reason, name });
}

function stepBlocks({ playbook }: PageShown, { word }: Telling): KnownBlock[] {
  const steps = playbook.map((it, index) => `${index + 1}. ${escapeSlack(it)}`);
  return steps.length === 0 ? [] : [section(`*${word('page.steps')}*\n${steps.join('\n')}`)];
}

/** Adds the button. Whoever was first stays on the page; later ones are told who it is. */
export function registerPages(app: App, side: StaffSide): void {
  app.action({ action_id: /^page:acknowledge:/, type: 'block_actions' }, async ({ ack, body, action }) => {
    await ack();
    const pageId = parseIdentifier(action.action_id.slice(ACKNOWLEDGE.length));
    const asker = askerOf(body);
    const member = pageId === null ? null : await memberOrTell(side, asker);
    if (member === null || pageId === null) return;
    const tell = (text: string) => openWindow(side, asker, noteWindow(text, side.word));
    const done = await side.desk.pages.acknowledge(member, pageId);
    switch (done.kind) {
      case 'acknowledged': {
        side.soon();
        const { acknowledgedBy } = done.page;
        if (acknowledgedBy !== null && acknowledgedBy.id !== member.id)
          await tell(side.word('page.taken', { name: escapeSlack(acknowledgedBy.name) }));
        return;
      }
      case 'closed-already':
        side.soon();
        return void (await tell(side.word('page.over', { why: side.word(`page.closed.${done.why}`) })));
      case 'no-such-page':
        return void (await tell(side.word('page.gone')));
      case 'forbidden':
        return void (await tell(lackText(done, side.word)));
      default:
        return unreachable(done);
    }
  });
}
