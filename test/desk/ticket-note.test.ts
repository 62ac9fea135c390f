import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import { TICKET_NOTE_CHARACTERS_MAX, TICKET_NOTES_MAX } from '../../src/desk/ticket-note.ts';
import type { PhoneNumber } from '../../src/domain/contact.ts';
import { instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { NewTicket } from '../../src/turn/ports.ts';
import { aChat, aTicket, aTurn, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
let agent: StaffMember;
beforeAll(async () => {
  at = await openDesk();
  agent = await at.staff('agent', '李敏');
});
afterAll(() => at.close());

let sequence = 0;
const numbered = (what: Parameters<typeof aTicket>[0] = {}) => {
  sequence += 1;
  return aTicket({ number: `BX-20261120-${7_000 + sequence}`, status: 'open', ...what });
};

async function aTicketOf(what: Parameters<typeof aTicket>[0] = {}) {
  const ticket = numbered(what);
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [ticket] })]);
  return ticket;
}

const namedAs = (name: string): NewTicket['details'] => ({ ...aTicket().details, name });

const write = (number: string, text: string, by = agent, noteId = newId()) => at.desk.tickets.note(by, number, { noteId, text });

const rows = async (ticketId: string) =>
  (
    await at.store.pool.query<{ id: string; text_sealed: Buffer; row: string }>(
      'select id, text_sealed, row_to_json(n)::text as row from ticket_note n where ticket_id = $1',
      [ticketId],
    )
  ).rows;

const audited = async (number: string) => (await at.audit()).filter((it) => it.subject === `ticket:${number}`);

describe('a note on a ticket', () => {
  it('is read with the ticket, oldest first, with who wrote it and when; the customer hears nothing of it', async () => {
    const { number } = await aTicketOf();
    const other = await at.staff('dispatcher', '调度 张');
    await write(number, '  客户说门铃坏了，请打电话\u0000 ');
    at.clock.now = instantOf(NOON + MINUTE);
    expect(await write(number, '备件到了', other)).toMatchObject({ kind: 'noted', ticket: { number } });
    at.clock.now = NOON;
    expect(await at.desk.tickets.read(agent, number)).toMatchObject({
      ticket: {
        notes: [
          { at: NOON, by: { id: agent.id, name: '李敏' }, text: '客户说门铃坏了，请打电话' },
          { at: NOON + MINUTE, by: { id: other.id, name: '调度 张' }, text: '备件到了' },
        ],
        note: null,
        timeline: [],
      },
    });
    expect([at.turned, at.delivered]).toEqual([[], []]);
  });

  it('is for the engineer on the road to read, and stands on a ticket that is over too', async () => {
    const { number } = await aTicketOf({ status: 'resolved' });
    expect(await write(number, '客户来谢过')).toMatchObject({ kind: 'noted' });
    expect(await at.desk.tickets.read(await at.staff('engineer'), number)).toMatchObject({ ticket: { notes: [{ text: '客户来谢过' }] } });
  });

  it('S2-024 is shown masked: phones, the name, a door, whether on record or not', async () => {
    const { number } = await aTicketOf({ details: namedAs('欧阳娜娜'), phone: '+8613800137771' as PhoneNumber });
    await write(number, '欧阳娜娜换号了，打13900139000；邻居是建国路88号院3号楼1501，原来的13800137771不用了');
    const read = await at.desk.tickets.read(agent, number);
    const [note] = read.kind === 'found' ? read.ticket.notes : [];
    expect(note?.text).toContain('139****9000');
    for (const secret of ['欧阳娜娜', '13900139000', '13800137771', '1501', '3号楼']) expect(note?.text).not.toContain(secret);
  });

  it('S2-023 is sealed at rest, and the audit says who wrote one, not what', async () => {
    const { id, number } = await aTicketOf();
    const noteId = newId();
    await write(number, '按门铃没人应13900139000', agent, noteId);
    const [row] = await rows(id);
    for (const secret of ['按门铃', '13900139000'])
      for (const readable of [secret, Buffer.from(secret).toString('hex')]) expect(row?.row).not.toContain(readable);
    expect(at.store.seal.open('ticket.note', row?.text_sealed ?? Buffer.alloc(0))).toBe('按门铃没人应13900139000');
    expect(await audited(number)).toEqual([
      { action: 'ticket.note', subject: `ticket:${number}`, actor: `staff:${agent.id}`, details: { note: noteId } },
    ]);
  });

  it('is written once however often it is asked for, on record once', async () => {
    const { id, number } = await aTicketOf();
    const noteId = newId();
    const done = await Promise.all(Array.from({ length: 5 }, () => write(number, '明天再打', agent, noteId)));
    for (const it of done) expect(it).toMatchObject({ kind: 'noted', ticket: { notes: [{ text: '明天再打' }] } });
    expect([(await rows(id)).length, (await audited(number)).length]).toEqual([1, 1]);
  });

  it('is refused without a text or with too long a one, on no ticket, and by who may not', async () => {
    const { id, number } = await aTicketOf();
    for (const text of ['', ' \n\u0000', '长'.repeat(TICKET_NOTE_CHARACTERS_MAX + 1)])
      expect(await write(number, text)).toEqual({ kind: 'text-refused' });
    for (const none of ['BX-19990101-0001', 'nonsense']) expect(await write(none, '在吗')).toEqual({ kind: 'no-such-ticket' });
    for (const role of ['engineer', 'quality'] as const)
      expect(await write(number, '在吗', await at.staff(role))).toEqual({ kind: 'forbidden', deed: 'desk.act' });
    expect(await rows(id)).toEqual([]);
    expect(await audited(number)).toEqual([]);
    expect(await write(number, '长'.repeat(TICKET_NOTE_CHARACTERS_MAX))).toMatchObject({ kind: 'noted' });
  });

  it('one more than a ticket takes is refused, also of several at once; asked for again, an old one is no news', async () => {
    const { id, number } = await aTicketOf();
    const first = newId();
    await write(number, '第一条', agent, first);
    await at.store.pool.query(
      'insert into ticket_note (id, ticket_id, staff_id, text_sealed, at) select gen_random_uuid(), $1, $2, $3, now() from generate_series(1, $4)',
      [id, agent.id, at.store.seal.seal('ticket.note', '又一条'), TICKET_NOTES_MAX - 3],
    );
    const done = await Promise.all(Array.from({ length: 4 }, () => write(number, '最后的')));
    expect(done.map((it) => it.kind).sort()).toEqual(['noted', 'noted', 'too-many-notes', 'too-many-notes']);
    expect(await rows(id)).toHaveLength(TICKET_NOTES_MAX);
    expect(await write(number, '第一条', agent, first)).toMatchObject({ kind: 'noted' });
    expect(await rows(id)).toHaveLength(TICKET_NOTES_MAX);
  });

  it('goes over with its author and time when the ticket is merged, and stays masked there', async () => {
    const [keep, drop] = [numbered(), numbered({ details: namedAs('司马青衫') })];
    await at.store.transact([aTurn(await aChat(at.store), { tickets: [keep, drop] })]);
    await write(drop.number, '司马青衫说门铃坏了');
    at.clock.now = instantOf(NOON + MINUTE);
    await write(keep.number, '先打电话');
    at.clock.now = NOON;
    const merged = await at.desk.tickets.mergeDuplicates(agent, keep.number, drop.number);
    expect(merged).toMatchObject({
      kind: 'merged',
      ticket: {
        notes: [
          { at: NOON, by: { name: '李敏' }, text: '司*说门铃坏了' },
          { at: NOON + MINUTE, text: '先打电话' },
        ],
      },
    });
    expect(await at.desk.tickets.read(agent, drop.number)).toMatchObject({ ticket: { status: 'cancelled', notes: [] } });
  });
});
