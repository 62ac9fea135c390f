import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffMember } from '../../../src/desk/staff-member.ts';
import { TICKET_NOTE_CHARACTERS_MAX, TICKET_NOTES_MAX } from '../../../src/desk/ticket-note.ts';
import { aChat, aTicket, aTurn } from '../../store/a-turn.ts';
import type { SlackPerson } from '../../support/slack-person.ts';
import type { ShownView } from '../../support/slack-screen.ts';
import { openTicketApp, type TicketApp } from './a-ticket-app.ts';

let on: TicketApp;
let li: SlackPerson;
let member: StaffMember;
beforeAll(async () => {
  on = await openTicketApp();
  ({ person: li, member } = await on.somebody('agent'));
});
afterAll(() => on.close());

let sequence = 0;
async function aTicketOf(what: Parameters<typeof aTicket>[0] = {}) {
  sequence += 1;
  const ticket = aTicket({ number: `BX-20261120-${4_000 + sequence}`, status: 'open', ...what });
  await on.at.store.transact([aTurn(await aChat(on.at.store), { tickets: [ticket] })]);
  return ticket;
}

function windowOf(person: SlackPerson): ShownView {
  const view = on.slack.views(person.id).at(-1);
  if (view === undefined) throw new Error('no window');
  return view;
}

/** The window of a note on this ticket, over the ticket as it was shown. */
async function noteWindowOf(number: string, person = li): Promise<ShownView> {
  for (const view of [...on.slack.views(person.id)].reverse()) await person.close(view);
  await person.command('/ticket', `show ${number}`);
  const shown = on.slack.ephemerals(person.id).at(-1);
  if (shown === undefined) throw new Error('nothing was shown');
  await person.click(shown, 'ticket:note');
  return windowOf(person);
}

const notesOf = async (number: string) => {
  const read = await on.at.desk.tickets.read(member, number);
  return read.kind === 'found' ? read.ticket.notes.map((it) => it.text) : [];
};

describe('a note written in Slack', () => {
  it('is asked for in one field, kept, and shown masked under the ticket; Slack is told nothing it may not know', async () => {
    const { number } = await aTicketOf();
    const view = await noteWindowOf(number);
    expect(view.shown).toContain('客户看不到');
    const soon = on.soon();
    const done = await li.submit(view, { text: '王芳说门铃坏了，请打13900139000 <!channel>' });
    expect(done.view?.shown).toContain('备注记下了');
    expect(done.view?.shown).toMatch(/同事备注（共1条）[\s\S]*李敏：王\*说门铃坏了，请打139\*\*\*\*9000 &lt;!channel&gt;/);
    expect(on.soon()).toBe(soon + 1);
    await li.command('/ticket', `show ${number}`);
    expect(on.slack.ephemerals(li.id).at(-1)?.shown).toContain('李敏：王*说门铃坏了');
    expect(JSON.stringify(on.slack.calls)).not.toContain('13900139000');
    expect((await on.at.audit()).at(-1)).toMatchObject({ action: 'ticket.note', subject: `ticket:${number}`, actor: `staff:${member.id}` });
  });

  it('is one note however often the window is sent; sent again with other words, none are lost', async () => {
    const { number } = await aTicketOf();
    const view = await noteWindowOf(number);
    await li.submit(view, { text: '明天再打' }, { copies: 3, atOnce: true });
    expect(await notesOf(number)).toEqual(['明天再打']);

    const other = await noteWindowOf(number);
    await Promise.all(['明天再打', '明天下午再打'].map((text) => li.submit(other, { text })));
    expect([...(await notesOf(number))].sort()).toEqual(['明天下午再打', '明天再打', '明天再打']);
  });

  it('without words is refused at its field; a ticket that is full says so', async () => {
    const { id, number } = await aTicketOf({ status: 'closed' });
    const view = await noteWindowOf(number);
    const blank = await li.submit(view, { text: ' \n' });
    expect(blank.errors).toEqual({ text: expect.stringContaining(`最多${TICKET_NOTE_CHARACTERS_MAX}个字`) });
    await on.at.store.pool.query(
      'insert into ticket_note (id, ticket_id, staff_id, text_sealed, at) select gen_random_uuid(), $1, $2, $3, now() from generate_series(1, $4)',
      [id, member.id, on.at.store.seal.seal('ticket.note', '又一条'), TICKET_NOTES_MAX],
    );
    const full = await li.submit(view, { text: '还有一条' });
    expect(full.view?.shown).toContain(`已经有${TICKET_NOTES_MAX}条备注`);
    expect(full.view?.shown).not.toContain('还有一条');
  });

  it.each(['engineer', 'quality'] as const)('is not for %s, who is told before typing', async (role) => {
    const { number } = await aTicketOf();
    const { person } = await on.somebody(role);
    expect((await noteWindowOf(number, person)).shown).toContain('您的角色不能做这一步');
    expect(await notesOf(number)).toEqual([]);
  });
});
