import { describe, expect, it } from 'vitest';
import { ticketBlocks, ticketCard, ticketWindow } from '../../../src/channels/slack/ticket-card.ts';
import type { Telling } from '../../../src/channels/slack/ticket-words.ts';
import { TICKET_NOTE_CHARACTERS_MAX } from '../../../src/desk/ticket-note.ts';
import type { Ticket } from '../../../src/desk/tickets.ts';
import type { COMPLAINT_CATEGORIES } from '../../../src/domain/complaint.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/policy.ts';
import { LANGUAGES, TICKET_STATUSES } from '../../../src/domain/ticket.ts';
import { staffWords } from '../../../src/wording/staff/render.ts';
import { ZONE } from '../../desk/a-desk.ts';
import { hoursAfterNoon, NOON } from '../../store/a-turn.ts';
import { newId } from '../../support/database.ts';
import { blockFaults, viewFaults } from '../../support/slack-rules.ts';

const telling: Telling = { word: staffWords('zh-CN'), policy: DEFAULT_POLICY, timeZone: ZONE, now: () => NOON };

const aTicket = (what: Partial<Ticket> = {}): Ticket => ({
  number: 'BX-20261120-0031',
  kind: 'repair',
  status: 'open',
  priority: 'normal',
  channel: 'wechat',
  appliance: 'washer',
  fault: '漏水',
  faultCodes: ['leaking'],
  openedAt: NOON,
  dueAt: hoursAfterNoon(3),
  overdue: false,
  assignee: null,
  customer: { id: newId(), name: '王*', phone: '138****8000' },
  address: '北京市朝阳区',
  model: null,
  serial: null,
  note: null,
  timeline: [{ at: NOON, actor: 'customer', type: 'opened', details: {} }],
  appointment: null,
  conversationId: null,
  related: [],
  complaint: null,
  survey: null,
  attachments: [],
  notes: [],
  clocks: [],
  channelWindow: null,
  ...what,
});

const sent = (contentType: string) => ({ id: newId(), name: '王芳家', contentType, hasThumbnail: false });

it('says how many pictures and files hang on it, none of them by its name', () => {
  const attachments = [sent('image/jpeg'), sent('image/heic'), sent('application/pdf')];
  const shown = JSON.stringify(ticketBlocks(aTicket({ attachments }), telling));
  expect(shown).toContain('2张照片 · 1个文件');
  expect(shown).not.toContain('王芳家');
  expect(JSON.stringify(ticketBlocks(aTicket(), telling))).not.toContain('客户发的');
});

const aComplaint = (category: (typeof COMPLAINT_CATEGORIES)[number]): NonNullable<Ticket['complaint']> => ({
  form: 'complaint',
  category,
  types: [],
  gravities: [],
  wish: null,
  department: '维修部',
  cause: null,
  purchasedOn: null,
  about: null,
  answerBy: hoursAfterNoon(2),
  resolveBy: hoursAfterNoon(48),
  answer: null,
  statements: [],
});

const aNote = (text: string, name = '李敏'): Ticket['notes'][number] => ({ at: NOON, by: { id: newId(), name }, text });

const LONG = '&<>'.repeat(2_000);

/** As long as anything can be, and full of marks. */
const GREAT = aTicket({
  fault: LONG,
  note: LONG,
  notes: [aNote(LONG, LONG), aNote(LONG, LONG)],
  status: 'in-progress',
  priority: 'urgent',
  assignee: { id: newId(), name: LONG },
  customer: { id: newId(), name: '<*', phone: '138****8000' },
  appointment: {
    id: newId(),
    engineer: { id: newId(), name: LONG },
    window: { from: hoursAfterNoon(2), to: hoursAfterNoon(4) },
    status: 'booked',
    confirmedAt: null,
  },
  related: Array.from({ length: 50 }, (_, n) => `BX-20261120-${n}`),
  timeline: Array.from({ length: 200 }, () => ({ at: NOON, actor: 'x', type: '<!channel>', details: {} })),
  clocks: (['first-response', 'next-response', 'resolution'] as const).map((kind) => ({
    kind,
    status: 'missed',
    startedAt: NOON,
    dueAt: hoursAfterNoon(-1),
    endedAt: null,
    breachedAt: NOON,
  })),
});

describe('the card of a ticket', () => {
  it('says what, for whom, by when, and offers what may be done', () => {
    const card = ticketCard(aTicket(), telling);
    const text = JSON.stringify(card.blocks);
    for (const it of ['🆕 新工单 BX-20261120-0031', '洗衣机 · 漏水', '王* 138****8000', '北京市朝阳区', '还没有人', '今天15:00前'])
      expect(text).toContain(it);
    expect(card.isFinal).toBe(false);
    expect(card.text).toContain('BX-20261120-0031');
  });

  it.each([
    ['urgent', aTicket({ priority: 'urgent' }), '🔴 紧急工单'],
    ['overdue', aTicket({ dueAt: hoursAfterNoon(-1) }), '⏰ 过了时限的工单'],
    ['overdue by a clock', aTicket({ overdue: true }), '⏰ 已过时限'],
    ['closed', aTicket({ status: 'closed' }), '已关单'],
  ])('%s', (_, ticket, text) => {
    expect(JSON.stringify(ticketCard(ticket, telling).blocks)).toContain(text);
  });

  it('is final when the ticket is over', () => {
    expect(TICKET_STATUSES.filter((status) => ticketCard(aTicket({ status }), telling).isFinal)).toEqual([
      'resolved',
      'closed',
      'cancelled',
    ]);
  });

  it('stays within what Slack takes, in either language, and nothing in it is a mark', () => {
    for (const language of LANGUAGES) {
      const policy: Policy = { ...DEFAULT_POLICY, slack: { ...DEFAULT_POLICY.slack, language } };
      const reading = { ...telling, policy, word: staffWords(language) };
      for (const kind of ['repair', 'complaint'] as const)
        for (const status of TICKET_STATUSES)
          for (const ticket of [
            aTicket({ kind, status }),
            { ...GREAT, kind, status, complaint: kind === 'complaint' ? aComplaint('other') : null },
          ]) {
            expect(blockFaults(ticketCard(ticket, reading).blocks, 'message')).toEqual([]);
            expect(blockFaults(ticketBlocks(ticket, reading), 'message')).toEqual([]);
            expect(viewFaults({ ...ticketWindow(ticket, 'done', reading) }, 'modal')).toEqual([]);
            expect(JSON.stringify(ticketBlocks(ticket, reading))).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
          }
    }
  });

  it('tells the last five things that happened, one without a word by its code', () => {
    const timeline = ['opened', 'assigned', 'completed', 'reopened', 'resolved', 'something-new'].map((type) => ({
      at: NOON,
      actor: 'staff:1',
      type,
      details: {},
    }));
    const text = JSON.stringify(ticketBlocks(aTicket({ timeline }), telling));
    expect(text).not.toContain('同事：开单');
    for (const it of ['今天12:00 同事：分派了', '修好了', '重开了', '解决了', 'something-new']) expect(text).toContain(it);
  });

  it('tells the last two notes of colleagues, whole, with who wrote them and when', () => {
    const long = '长'.repeat(TICKET_NOTE_CHARACTERS_MAX);
    const text = JSON.stringify(ticketBlocks(aTicket({ notes: [aNote('第一条'), aNote(long), aNote('门铃坏了', '王芳')] }), telling));
    for (const it of ['同事备注（共3条）', `今天12:00 李敏：${long}`, '今天12:00 王芳：门铃坏了']) expect(text).toContain(it);
    expect(text).not.toContain('第一条');
    expect(JSON.stringify(ticketBlocks(aTicket(), telling))).not.toContain('同事备注');
  });

  it('names the promised times that are still owed', () => {
    const text = JSON.stringify(ticketBlocks(GREAT, telling));
    expect(text).toContain('首次回应：⏰ 已过时限，原定今天11:00');
  });
});
