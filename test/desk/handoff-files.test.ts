/** Files that staff send: kept in the write of the message they come with, or not at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { deskStore } from '../../src/store/desk/desk-store.ts';
import { aMessage, type Chat, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aFile } from '../support/files.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
let agent: StaffMember;
beforeAll(async () => {
  at = await openDesk();
  agent = await at.staff('agent');
});
afterAll(() => at.close());

const aPicture = (name = '滤网.png') => ({ name, bytes: aFile('png', 5_000, '门牌1907') });

async function claimed(): Promise<Chat & { readonly handoffId: Awaited<ReturnType<TestDesk['waiting']>>['handoffId'] }> {
  const chat = await at.waiting();
  await at.desk.handoffs.claim(agent, chat.handoffId);
  return chat;
}

type Row = { readonly id: string; readonly name_sealed: Buffer; readonly size: number; readonly bytes_sealed: Buffer };
const rowsOf = async ({ conversationId }: Chat) =>
  (await at.store.pool.query<Row>('select * from attachment where conversation_id = $1 order by size desc', [conversationId])).rows;
const replies = async ({ conversationId }: Chat) => (await at.store.readLog(conversationId, 0, 100)).filter((it) => it.from === 'staff');
const audited = async (messageId: string) => (await at.audit()).filter((it) => JSON.stringify(it.details).includes(messageId));

describe('a reply with files', () => {
  it('is one message with what was sent beside it, kept as it came, and on record like any reply', async () => {
    const chat = await claimed();
    const messageId = newId();
    const files = [aPicture(), { name: '王芳 13800138000.pdf', bytes: aFile('pdf', 300) }];
    const done = await at.desk.handoffs.reply(agent, chat.handoffId, { messageId, text: '照这样装', files });
    const kept = await rowsOf(chat);
    const [first, second] = kept.map((it) => it.id);
    expect(done).toMatchObject({
      kind: 'said',
      line: {
        text: '照这样装',
        attachments: [
          { id: first, name: '滤网.png', contentType: 'image/png' },
          { id: second, name: '王* 138****8000.pdf', contentType: 'application/pdf' },
        ],
      },
    });
    expect((await replies(chat)).map((it) => it.body)).toMatchObject([
      {
        text: '照这样装',
        files: [
          { id: first, name: '滤网.png', contentType: 'image/png', size: 5_000 },
          { id: second, name: '王芳 13800138000.pdf', contentType: 'application/pdf', size: 300 },
        ],
      },
    ]);
    expect(kept.map((it) => it.size)).toEqual([5_000, 300]);
    expect(await at.store.readKeptFile(chat.conversationId)).toBeNull();
    const opened = await at.desk.attachments.read(agent, done.kind === 'said' ? (done.line.attachments[0]?.id ?? newId()) : newId());
    expect(opened.kind === 'found' ? Buffer.compare(Buffer.from(opened.bytes), aPicture().bytes) : opened.kind).toBe(0);
    expect(await audited(messageId)).toMatchObject([{ action: 'handoff.reply', details: { message: messageId } }]);
    expect(at.delivered.at(-1)).toBe(chat.conversationId);
  });

  it('S2-024 can be read in the store neither by name nor by content', async () => {
    const chat = await claimed();
    await at.desk.handoffs.reply(agent, chat.handoffId, { messageId: newId(), text: '', files: [aPicture('王芳的发票.png')] });
    const [row] = await rowsOf(chat);
    const stored = Buffer.concat([row?.name_sealed ?? Buffer.of(), row?.bytes_sealed ?? Buffer.of()]);
    for (const told of ['王芳', '发票', '1907', 'PNG']) expect(stored.includes(told)).toBe(false);
    expect(stored.length).toBeGreaterThan(5_000);
  });

  it('needs no words; without either it is nothing', async () => {
    const chat = await claimed();
    const say = (text: string, files: readonly ReturnType<typeof aPicture>[]) =>
      at.desk.handoffs.reply(agent, chat.handoffId, { messageId: newId(), text, files });
    expect(await say(' ', [aPicture()])).toMatchObject({ kind: 'said', line: { text: '' } });
    expect(await say(' ', [])).toEqual({ kind: 'text-refused' });
  });

  it('told again under its id is the same message, and keeps nothing twice', async () => {
    const chat = await claimed();
    const said = { messageId: newId(), text: '看图', files: [aPicture()] };
    const first = await at.desk.handoffs.reply(agent, chat.handoffId, said);
    at.clock.now = (NOON + 60_000) as typeof NOON;
    expect(await at.desk.handoffs.reply(agent, chat.handoffId, said)).toEqual(first);
    at.clock.now = NOON;
    expect(await rowsOf(chat)).toHaveLength(1);
    expect(await replies(chat)).toHaveLength(1);
    expect(await audited(said.messageId)).toHaveLength(1);
  });

  it('is refused whole for one file too many, too large or of no kind of ours, and nothing is kept', async () => {
    const chat = await claimed();
    const { filesPerMessage, uploadBytes } = DEFAULT_POLICY.limits;
    const say = (...files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) =>
      at.desk.handoffs.reply(agent, chat.handoffId, { messageId: newId(), text: '看图', files });
    expect(await say(...Array.from({ length: filesPerMessage + 1 }, () => aPicture()))).toEqual({
      kind: 'too-many-files',
      filesMax: filesPerMessage,
    });
    expect(await say(aPicture(), { name: 'a.png', bytes: aFile('png', uploadBytes + 1) })).toEqual({
      kind: 'file-too-large',
      bytesMax: uploadBytes,
    });
    expect(await say(aPicture(), { name: '图.png', bytes: aFile('html') })).toEqual({ kind: 'wrong-file-kind' });
    expect([await rowsOf(chat), await replies(chat)]).toEqual([[], []]);
  });

  it('is refused to whoever does not hold the chat, and nothing is kept', async () => {
    const chat = await claimed();
    const other = await at.staff('agent', '赵磊');
    const done = await at.desk.handoffs.reply(other, chat.handoffId, { messageId: newId(), text: '', files: [aPicture()] });
    expect(done.kind).toBe('claimed-by-another');
    expect(await rowsOf(chat)).toEqual([]);
  });
});

describe('the store', () => {
  const held = (handoffId: Chat['conversationId']) => ({
    handoffId,
    owner: agent.id,
    change: { at: NOON, actor: `staff:${agent.id}`, action: 'handoff.reply', subject: `handoff:${handoffId}`, details: {} } as const,
  });
  const kept = () => ({ id: newId(), name: 'a.png', contentType: 'image/png', bytes: aFile('png', 100), thumbnail: null });

  it('writes neither the message nor its files when one of them can not be written', async () => {
    const chat = await claimed();
    const twice = kept();
    const { handoffs } = deskStore(at.store);
    await expect(
      handoffs.say(held(chat.handoffId), { id: newId(), speaker: null, text: '看图', files: [twice, twice] }, 50),
    ).rejects.toThrow();
    expect([await rowsOf(chat), await replies(chat)]).toEqual([[], []]);
    await at.store.accept([aMessage(chat, '在吗')]);
    // After the word on who helps.
    expect(await at.store.lastSeq(chat.conversationId)).toBe(2);
  });

  it('never lets a conversation hold more than it may, however many are sent at once', async () => {
    const chat = await claimed();
    const { handoffs } = deskStore(at.store);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () =>
        handoffs.say(held(chat.handoffId), { id: newId(), speaker: null, text: '', files: [kept(), kept()] }, 5),
      ),
    );
    expect(outcomes.map((it) => it.kind).sort()).toEqual([...Array<string>(4).fill('conversation-full'), 'said', 'said']);
    expect([(await rowsOf(chat)).length, (await replies(chat)).length]).toEqual([4, 2]);
    expect(await handoffs.say(held(chat.handoffId), { id: newId(), speaker: null, text: '还能打字', files: [] }, 4)).toMatchObject({
      kind: 'said',
    });
  });
});
