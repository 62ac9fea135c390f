/** What people wrote on Slack, read from blocks or from the line full of marks; and how our text gets there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeSlack, plainTextOf } from '../../../src/channels/slack/slack-text.ts';

const section = (...elements: readonly object[]) => ({ type: 'rich_text_section', elements });
const words = (text: string) => ({ type: 'text', text });
const rich = (...elements: readonly object[]) => ({ text: 'not read', blocks: [{ type: 'rich_text', elements }] });

describe('from blocks', () => {
  test('words and emoji as they were typed, an emoji of the workspace by its name', () => {
    const emoji = [
      { type: 'emoji', name: 'pray', unicode: '1f64f' },
      { type: 'emoji', name: 'man-tech', unicode: '1f468-200d-1f4bb' },
      { type: 'emoji', name: 'fridge_sad' },
    ];
    expect(plainTextOf(rich(section(words('空调不制冷 & <漏水>'), ...emoji)))).toBe('空调不制冷 & <漏水>🙏👨‍💻:fridge_sad:');
  });

  test('links with their address where it says more, phones and e-mail as they are', () => {
    const link = (url: string, text?: string) => ({ type: 'link', url, ...(text !== undefined && { text }) });
    expect(plainTextOf(rich(section(link('https://a.example/x'))))).toBe('https://a.example/x');
    expect(plainTextOf(rich(section(link('http://a.example', 'a.example'))))).toBe('a.example');
    expect(plainTextOf(rich(section(link('https://a.example/o/1', '订单'))))).toBe('订单 https://a.example/o/1');
    expect(plainTextOf(rich(section(words('电话'), link('tel:13800138000', '138 0013 8000'))))).toBe('电话138 0013 8000');
    expect(plainTextOf(rich(section(link('tel:13800138000'))))).toBe('13800138000');
    expect(plainTextOf(rich(section(link('mailto:w@a.example', 'w@a.example'))))).toBe('w@a.example');
  });

  test('people, groups and everybody are named without being looked up', () => {
    const named = [
      { type: 'user', user_id: 'U1' },
      words(' '),
      { type: 'usergroup', usergroup_id: 'S1' },
      words(' '),
      { type: 'broadcast', range: 'channel' },
    ];
    expect(plainTextOf(rich(section(...named)))).toBe('@同事 @同事 @channel');
  });

  test('lists, quotes and code are lines', () => {
    const text = plainTextOf(
      rich(
        section(words('两个问题\n')),
        { type: 'rich_text_list', style: 'ordered', indent: 0, elements: [section(words('漏水')), section(words('噪音大'))] },
        { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [section(words('夜里'))] },
        { type: 'rich_text_quote', elements: [words('E5\nE6')] },
        { type: 'rich_text_preformatted', elements: [words('F1')] },
      ),
    );
    expect(text).toBe('两个问题\n1. 漏水\n2. 噪音大\n  • 夜里\n> E5\n> E6\nF1');
  });

  test('what is in no rich text, or in none we know, is read from the line', () => {
    expect(plainTextOf({ text: '漏水', blocks: [] })).toBe('漏水');
    expect(plainTextOf({ text: '漏水', blocks: [{ type: 'section', text: words('x') }, null, 3] })).toBe('漏水');
    expect(plainTextOf({ text: '漏水', blocks: [{ type: 'rich_text', elements: 'x' }] })).toBe('漏水');
    expect(plainTextOf({ blocks: null })).toBe('');
  });
});

describe('from the line', () => {
  test.each([
    ['A &amp; B &lt;C&gt;', 'A & B <C>'],
    ['&amp;lt;', '&lt;'],
    ['看 <https://a.example/?a=1&amp;b=2|订单>', '看 订单 https://a.example/?a=1&b=2'],
    ['<https://a.example>', 'https://a.example'],
    ['<http://a.example|a.example>', 'a.example'],
    ['打 <tel:13800138000|13800138000>', '打 13800138000'],
    ['<tel:+8613800138000>', '+8613800138000'],
    ['<mailto:w@a.example|w@a.example>', 'w@a.example'],
    ['<@U012> <@U012|wang>', '@同事 @wang'],
    ['<#C1|general>', '#general'],
    ['<!here> <!subteam^S1|@team> <!subteam^S1> <!date^1^{date}|11月22日>', '@here @team @同事 11月22日'],
    ['1 < 2 > 0', '1 < 2 > 0'],
  ])('%s', (text, plain) => expect(plainTextOf({ text })).toBe(plain));
});

test('whatever we say is no mark, and reads as it was said', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '漏', '&', '<', '>', '|', '@', '!', ';', 'l', 't', 'g', 'p', '#') }), (said) => {
      expect(plainTextOf({ text: escapeSlack(said) })).toBe(said.trim());
    }),
  );
});
