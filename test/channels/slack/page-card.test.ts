import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageCard } from '../../../src/channels/slack/page-card.ts';
import type { PageToSee } from '../../../src/desk/pages.ts';
import { aPage } from '../../jobs/due-rows.ts';
import { NOON } from '../../store/a-turn.ts';
import { newId } from '../../support/database.ts';
import { blockFaults } from '../../support/slack-rules.ts';
import { DESK, openTicketApp, type TicketApp } from './a-ticket-app.ts';

let on: TicketApp;
beforeAll(async () => {
  on = await openTicketApp();
});
afterAll(() => on.close());

const shown = (what: Partial<PageToSee> = {}) => ({
  id: newId(),
  reason: 'danger-gas',
  status: 'open' as const,
  ticket: 'BX-20261120-0031',
  conversationId: null,
  raisedAt: NOON,
  acknowledgedAt: null,
  acknowledgedBy: null,
  closed: null,
  level: 0,
  sends: 2,
  playbook: ['先让人出来', '打燃气公司 <电话>'],
  mentions: ['U0LI', 'U0WANG'],
  ...what,
});

describe('the card of a page', () => {
  it('calls people by their names in Slack, says why and what to do', () => {
    const { blocks, text, isFinal } = pageCard(shown(), on.side);
    const all = JSON.stringify(blocks);
    for (const it of ['🚨 燃气危险', '<@U0LI> <@U0WANG>', '1. 先让人出来', '&lt;电话&gt;', 'page:acknowledge:']) expect(all).toContain(it);
    expect(text).toContain('BX-20261120-0031');
    expect(isFinal).toBe(false);
    expect(blockFaults(blocks, 'message')).toEqual([]);
  });

  it('says who sees to it, and calls nobody any more', () => {
    const { blocks, isFinal } = pageCard(shown({ status: 'acknowledged', acknowledgedBy: { id: newId(), name: '李<敏' } }), on.side);
    const all = JSON.stringify(blocks);
    expect(all).toContain('李&lt;敏在处理');
    expect(all).not.toContain('<@');
    expect(all).not.toContain('page:acknowledge');
    expect(isFinal).toBe(true);
  });

  it.each([
    ['answered', '客户已得到答复'],
    ['resolved', '事情办完了'],
    ['dropped', '工单或会话已经结束'],
  ] as const)('%s before anybody saw to it, says why nobody need, calls nobody and has no button for it', (why, said) => {
    const { blocks, text, isFinal } = pageCard(
      shown({ reason: 'sla-first-response', status: 'closed', closed: { at: NOON, why } }),
      on.side,
    );
    const all = JSON.stringify(blocks);
    expect(text).toContain('首次回应过了时限');
    expect(text).toContain(said);
    expect(all).not.toMatch(/<@|page:acknowledge/u);
    expect(isFinal).toBe(true);
    expect(blockFaults(blocks, 'message')).toEqual([]);
  });

  it('a reason nobody has a word for is shown by its code, with as many steps as a policy may have', () => {
    const { blocks } = pageCard(
      shown({ reason: 'brand-new', ticket: null, playbook: Array.from({ length: 20 }, () => '&'.repeat(200)) }),
      on.side,
    );
    expect(JSON.stringify(blocks)).toContain('brand-new');
    expect(blockFaults(blocks, 'message')).toEqual([]);
  });
});

describe('its button', () => {
  it('is pressed once for all; who is later hears who it is, and an engineer may not', async () => {
    const id = await aPage(on.at.store, NOON);
    const page = (await on.at.desk.pages.list(await on.at.staff('admin'), { status: 'open', after: null, limit: 100 })) as {
      slice: { items: readonly PageToSee[] };
    };
    const found = page.slice.items.find((it) => it.id === id);
    if (found === undefined) throw new Error('no page');
    const { text, blocks } = pageCard({ ...found, mentions: [] }, on.side);
    await on.side.call('chat.postMessage', { channel: DESK, text, blocks });
    const [card] = on.slack.posts(DESK);
    if (card === undefined) throw new Error('no card');

    const [{ person: engineer }, { person: li, member }, { person: zhang }] = [
      await on.somebody('engineer', '赵工'),
      await on.somebody('agent', '李敏'),
      await on.somebody('quality', '张质检'),
    ];
    await engineer.click(card, 'page:acknowledge');
    expect(on.slack.views(engineer.id).at(-1)?.shown).toContain('客服、调度、质检或管理员');
    await li.click(card, 'page:acknowledge');
    expect(on.slack.views(li.id)).toEqual([]);
    expect(on.soon()).toBe(1);
    await zhang.click(card, 'page:acknowledge');
    expect(on.slack.views(zhang.id).at(-1)?.shown).toContain('李敏 已经在处理');
    const { rows } = await on.at.store.pool.query('select status, acknowledged_by from page where id = $1', [id]);
    expect(rows[0]).toMatchObject({ status: 'acknowledged' });
    expect(JSON.stringify(rows[0])).toContain(member.id);
  });
});
