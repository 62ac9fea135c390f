import { describe, expect, it } from 'vitest';
import { lanesFor } from '../../../src/channels/slack/ticket-lane.ts';
import { COMPLAINT_CATEGORIES } from '../../../src/domain/complaint.ts';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';

const slack = {
  ...DEFAULT_POLICY.slack,
  newTickets: ['enquiry' as const],
  channels: { tickets: { recheck: 'C0RECHECK' }, complaints: { 'product-quality': 'C0QUALITY' } },
};
const [DESK, URGENT] = ['C0DESK', 'C0URGENT'];
const complaint = (category: 'product-quality' | 'other', priority: 'urgent' | 'normal') =>
  ({ kind: 'complaint', priority, complaint: { category } }) as const;
const other = (kind: 'repair' | 'enquiry' | 'recheck', priority: 'urgent' | 'normal') => ({ kind, priority, complaint: null }) as const;

describe('S2-060 where a new ticket is shown', () => {
  it.each([
    ['a complaint: in its class', complaint('product-quality', 'normal'), URGENT, ['C0QUALITY']],
    ['a grave one: there too, and where people are called', complaint('product-quality', 'urgent'), URGENT, ['C0QUALITY', URGENT]],
    ['a grave one whose class has no channel: where people are called', complaint('other', 'urgent'), URGENT, [URGENT]],
    ['a grave one where nobody is called in Slack: in its class', complaint('product-quality', 'urgent'), null, ['C0QUALITY']],
    ['a grave one whose class is where people are called: once', complaint('product-quality', 'urgent'), 'C0QUALITY', ['C0QUALITY']],
    ['a complaint of a class without a channel: nowhere', complaint('other', 'normal'), URGENT, []],
    ['danger: where people are called', other('repair', 'urgent'), URGENT, [URGENT]],
    ['danger where nobody is called in Slack: at the desk', other('repair', 'urgent'), null, [DESK]],
    ['a kind with a channel: there', other('recheck', 'normal'), URGENT, ['C0RECHECK']],
    ['a kind the policy names: at the desk', other('enquiry', 'normal'), URGENT, [DESK]],
    ['any other: nowhere', other('repair', 'normal'), URGENT, []],
  ])('%s', (_, ticket, urgent, lanes) => {
    expect(lanesFor(ticket, { slack }, DESK, urgent)).toEqual(lanes);
  });

  it('the four classes of complaints go to four departments', () => {
    const channels = { 'product-quality': 'C1', 'repair-service': 'C2', 'after-sales-service': 'C3', other: 'C4' };
    const policy = { slack: { ...slack, channels: { tickets: {}, complaints: channels } } };
    const of = (category: (typeof COMPLAINT_CATEGORIES)[number]) =>
      ({ kind: 'complaint', priority: 'normal', complaint: { category } }) as const;
    expect(COMPLAINT_CATEGORIES.map((it) => lanesFor(of(it), policy, DESK, URGENT))).toEqual(
      COMPLAINT_CATEGORIES.map((it) => [channels[it]]),
    );
  });

  it('without a desk channel what would stand there stands nowhere', () => {
    expect(lanesFor(other('enquiry', 'normal'), { slack }, null, null)).toEqual([]);
  });
});
