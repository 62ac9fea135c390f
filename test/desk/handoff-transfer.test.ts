import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

async function talk() {
  const chat = await at.waiting();
  const owner = await at.staff('agent', '李敏');
  await at.desk.handoffs.claim(owner, chat.handoffId);
  return { ...chat, owner };
}

const saidIn = async (conversationId: Identifier) =>
  (await at.store.readLog(conversationId, 0, 50)).flatMap((it) => (it.from === 'bot' || it.from === 'staff' ? [it.body.text] : []));
const auditOf = async (handoffId: Identifier) => (await at.audit()).filter((it) => it.subject === `handoff:${handoffId}`);

describe('the word on who helps', () => {
  it('stands in the chat when the claim returns, before anything that member says, and once', async () => {
    const { handoffId, conversationId, owner } = await talk();
    await at.desk.handoffs.reply(owner, handoffId, { messageId: newId(), text: '在的', files: [] });
    await at.desk.handoffs.claim(owner, handoffId);
    expect(await saidIn(conversationId)).toEqual(['李敏来帮您了\uff0c前面说的都能看到\uff0c不用再说一遍\u3002', '在的']);
    expect(at.delivered).toContain(conversationId);
  });

  it('names nobody in particular when it is the administrator every installation starts with', async () => {
    const { handoffId, conversationId } = await at.waiting();
    await at.desk.handoffs.claim(await at.staff('admin', '管理员'), handoffId);
    expect(await saidIn(conversationId)).toEqual(['客服同事来帮您了\uff0c前面说的都能看到\uff0c不用再说一遍\u3002']);
  });
});

describe('transfer', () => {
  it('gives the chat to somebody else, who has the whole time from then; the customer is told who', async () => {
    const { handoffId, conversationId, owner } = await talk();
    const other = await at.staff('dispatcher', '赵磊');
    at.clock.now = hoursAfterNoon(1);
    const done = await at.desk.handoffs.transfer(owner, handoffId, other.id);
    at.clock.now = NOON;
    expect(done).toMatchObject({
      kind: 'transferred',
      handoff: { status: 'claimed', owner: { id: other.id, name: '赵磊' }, claimedAt: hoursAfterNoon(1), waitingSince: NOON },
    });
    expect((await saidIn(conversationId)).at(-1)).toBe('换赵磊接着帮您\uff0c前面说的都在\uff0c不用重复\u3002');
    expect(at.delivered.at(-1)).toBe(conversationId);
    expect((await auditOf(handoffId)).at(-1)).toMatchObject({
      action: 'handoff.transfer',
      actor: `staff:${owner.id}`,
      details: { to: other.id },
    });
    const reply = { messageId: newId(), text: '您好', files: [] };
    expect((await at.desk.handoffs.reply(owner, handoffId, reply)).kind).toBe('claimed-by-another');
    expect((await at.desk.handoffs.reply(other, handoffId, reply)).kind).toBe('said');
  });

  it('to whoever has it changes nothing and says nothing', async () => {
    const { handoffId, conversationId, owner } = await talk();
    const before = await auditOf(handoffId);
    expect(await at.desk.handoffs.transfer(owner, handoffId, owner.id)).toMatchObject({
      kind: 'transferred',
      handoff: { owner: { id: owner.id } },
    });
    expect(await saidIn(conversationId)).toHaveLength(1);
    expect(await auditOf(handoffId)).toEqual(before);
  });

  it('an administrator may do for the owner, nobody else, and only to who may act', async () => {
    const { handoffId, owner } = await talk();
    const [other, admin, engineer] = [await at.staff('agent', '赵磊'), await at.staff('admin'), await at.staff('engineer', '王工')];
    const { transfer } = at.desk.handoffs;
    expect(await transfer(other, handoffId, other.id)).toEqual({ kind: 'claimed-by-another', owner: { id: owner.id, name: '李敏' } });
    expect(await transfer(owner, handoffId, engineer.id)).toEqual({ kind: 'cannot-act', staff: { id: engineer.id, name: '王工' } });
    expect(await transfer(owner, handoffId, newId())).toEqual({ kind: 'no-such-staff' });
    expect(await transfer(owner, newId(), other.id)).toEqual({ kind: 'no-such-handoff' });
    expect(await transfer(engineer, handoffId, other.id)).toEqual({ kind: 'forbidden', deed: 'desk.act' });
    expect(await transfer(admin, handoffId, other.id)).toMatchObject({ kind: 'transferred', handoff: { owner: { id: other.id } } });
  });

  it('is not of a chat that nobody has', async () => {
    const { handoffId } = await at.waiting();
    const [one, other] = [await at.staff('agent'), await at.staff('agent')];
    expect(await at.desk.handoffs.transfer(one, handoffId, other.id)).toEqual({ kind: 'not-claimed', status: 'queued' });
  });

  it('to twelve at once has one receiver, and the customer hears of that one', async () => {
    const { handoffId, conversationId, owner } = await talk();
    const others = await Promise.all(Array.from({ length: 12 }, (_, n) => at.staff('agent', `客服${n}`)));
    const done = await Promise.all(others.map((it) => at.desk.handoffs.transfer(owner, handoffId, it.id)));
    const won = done.flatMap((it) => (it.kind === 'transferred' ? [it.handoff.owner?.name] : []));
    expect(won).toHaveLength(1);
    expect(done.filter((it) => it.kind === 'claimed-by-another')).toHaveLength(11);
    const said = await saidIn(conversationId);
    expect(said).toHaveLength(2);
    expect(said.at(-1)).toContain(`换${won[0]}接着`);
  });

  it('and a resolution at once: one of them, whichever came first', async () => {
    const ends = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { handoffId, conversationId, owner } = await talk();
        const other = await at.staff('agent');
        const [given, ended] = await Promise.all([
          at.desk.handoffs.transfer(owner, handoffId, other.id),
          at.desk.handoffs.resolve(owner, handoffId, { outcome: 'answered', note: null }),
        ]);
        expect(await saidIn(conversationId)).toHaveLength(given.kind === 'transferred' ? 2 : 1);
        return `${given.kind} ${ended.kind}`;
      }),
    );
    for (const end of ends) expect(['transferred claimed-by-another', 'not-claimed put-down']).toContain(end);
  });
});
