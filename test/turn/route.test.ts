import { describe, expect, test } from 'vitest';
import type { FlowName } from '../../flows/registry.ts';
import { answersOf, partReader } from '../../src/turn/answers.ts';
import { type ConversationState, NEW_CONVERSATION } from '../../src/turn/conversation-state.ts';
import type { Move } from '../../src/turn/move.ts';
import type { Owner } from '../../src/turn/ports.ts';
import { route } from '../../src/turn/route.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import { EXPECTED, type Expected } from '../../src/understanding/understood.ts';

const understand = createUnderstand();
const about = { now: Date.parse('2026-11-20T10:00:00+08:00'), timeZone: 'Asia/Shanghai' };

/** A conversation with a booking on top that has just asked for `asked`; none when null. */
function waitingFor(
  asked: string | null,
  choices: NonNullable<ConversationState['lastAsked']>['choices'] = [],
  flow: FlowName = 'repair-booking',
): ConversationState {
  if (asked === null) return NEW_CONVERSATION;
  const stack: ConversationState['stack'] = [{ flow, version: 1, value: 'asking', context: {} }];
  return { ...NEW_CONVERSATION, stack, lastAsked: { flow, asking: asked, choices } };
}

function moveOf(text: string, asked: string | null, state = waitingFor(asked), owner: Owner = 'bot'): Move {
  const expected = EXPECTED.find((it) => it === asked) ?? null;
  const understood = understand(text, { ...about, expects: expected });
  return route(
    {
      text,
      understood,
      answers: answersOf(text, understood, expected, partReader(understand, about)),
      enquiry: { kind: 'nothing' },
      likely: { kind: 'nothing' },
    },
    state,
    owner,
  );
}

/** The kind, and what tells moves of one kind apart. */
function told(move: Move): string {
  switch (move.kind) {
    case 'event':
      return move.event.type;
    case 'answer':
      return `answer ${move.topic}`;
    case 'hand-off':
      return `hand-off ${move.reason}`;
    case 'start':
      return `start ${move.flow}`;
    case 'danger':
      return `danger ${move.danger}`;
    default:
      return move.kind;
  }
}

describe('in a booking', () => {
  test.each<[string, Expected, string]>([
    ['13800138000', 'phone', 'ANSWERED'],
    ['1390013900', 'phone', 'NOT_UNDERSTOOD'],
    ['人工', 'phone', 'hand-off asked'],
    ['<b>x</b> https://a.example', 'name', 'NOT_UNDERSTOOD'],
    ['上门费多少钱', 'address', 'answer price'],
    ['算了,还是先问问价格', 'address', 'answer price'],
    ['算了,还是上门吧', 'address', 'ANSWERED'],
    ['算了不修了', 'address', 'give-up'],
    ['不用了谢谢', 'confirm', 'give-up'],
    ['对了 还漏水', 'address', 'ANSWERED'],
    ['我要投诉你们师傅', 'address', 'start complaint'],
    ['最早什么时候能来', 'window', 'ANSWERED'],
    ['等一下', 'phone', 'wait'],
    ['电话多少来着 等下', 'phone', 'wait'],
    ['上一步', 'phone', 'WENT_BACK'],
    ['重新开始', 'phone', 'RESTARTED'],
    ['再说一遍', 'phone', 'REPEAT_ASKED'],
    ['谢谢', 'phone', 'courtesy'],
    ['你是机器人吗', 'phone', 'answer robot'],
    ['。。。', 'address', 'NOT_UNDERSTOOD'],
    ['确认', 'confirm', 'AFFIRMED'],
    ['不对', 'confirm', 'DENIED'],
    ['水有点麻手', 'confirm', 'danger shock'],
    ['不好意思,刚接了个电话', 'phone', 'RESUMED'],
    ["I'm back", 'name', 'RESUMED'],
    ['型号在哪呀找不着', 'model', 'SKIPPED'],
    ['郁唔到', 'fault', 'ANSWERED'],
    ['老是自己停', 'fault', 'ANSWERED'],
    ['你是真人还是机器', 'phone', 'answer robot'],
    ['Could you please speak English with me?', 'phone', 'courtesy'],
    ['王先生', 'serviceMode', 'ANSWERED'],
    ['韩文博', 'serviceMode', 'ANSWERED'],
  ])('%s, asked for %s: %s', (text, asked, expected) => {
    expect(told(moveOf(text, asked))).toBe(expected);
  });

  test('a yes that says the read-back again is a yes when it changes nothing', () => {
    expect(moveOf('对,明天下午三点没错', 'confirm')).toMatchObject({ event: { type: 'ANSWERED' }, otherwise: { type: 'AFFIRMED' } });
  });

  test('a door told late belongs to the address, a name beside the number is the name', () => {
    expect(moveOf('2号楼301', 'phone')).toMatchObject({ event: { answers: { address: { detail: '2号楼301' } } } });
    expect(moveOf('13761234567 陈', 'phone')).toMatchObject({ event: { answers: { name: '陈', phone: '+8613761234567' } } });
  });
});

describe('in a dialog about a ticket', () => {
  test.each<[FlowName, string, string, string]>([
    ['appointment-change', '不改了', 'confirm', 'CANCELLED'],
    ['appointment-change', '还是按原来的时间吧', 'window', 'CANCELLED'],
    ['appointment-change', '算了', 'window', 'give-up'],
    ['appointment-change', '取消吧', 'change', 'CHANGE_CHOSEN'],
    ['appointment-change', '确认取消', 'confirm', 'CHANGE_CHOSEN'],
    ['appointment-change', '改时间', 'confirm', 'CHANGE_CHOSEN'],
    ['appointment-change', '后天下午三点', 'window', 'ANSWERED'],
    ['appointment-change', '没有', 'ticket', 'SKIPPED'],
    ['appointment-change', '师傅什么时候来', 'confirm', 'start progress'],
    ['appointment-change', '水有点麻手', 'confirm', 'danger shock'],
    ['progress', '单号忘了', 'ticket', 'SKIPPED'],
    ['progress', 'BX-20261120-0031', 'ticket', 'ANSWERED'],
    ['progress', '13800138000', 'phone', 'ANSWERED'],
    ['progress', '我想改个时间', 'ticket', 'start appointment-change'],
    ['progress', '人工', 'ticket', 'hand-off asked'],
    ['warranty-lookup', '冇呀', 'serial', 'SKIPPED'],
    ['warranty-lookup', '搵唔到', 'serial', 'SKIPPED'],
    ['warranty-lookup', 'I do not have it', 'serial', 'SKIPPED'],
    ['warranty-lookup', 'I cannot find the serial number', 'serial', 'SKIPPED'],
    ['warranty-lookup', '请同事复核一下', 'next', 'NEXT_CHOSEN'],
    ['complaint', '家里热水器不出热水了,赶紧给我安排个人来修吧', 'wish', 'start repair-booking'],
    ['complaint', '修了三次还漏水,赶紧给我派人来修', 'wish', 'ANSWERED'],
  ])('%s: %s, asked for %s: %s', (flow, text, asked, expected) => {
    expect(told(moveOf(text, asked, waitingFor(asked, [], flow)))).toBe(expected);
  });
});

describe('buttons', () => {
  const window = { from: 1, to: 2 } as never;
  const choices = [
    { label: '11月22日 周日 14:00–16:00', means: { type: 'WINDOW_CHOSEN' as const, window } },
    { label: '都不合适', means: { type: 'ANOTHER_WINDOW_WANTED' as const } },
  ];
  test.each(['11月22日 周日 14:00–16:00', '1', '\uff11', '1.', '第一个', '选1'])('%s is the first one', (text) => {
    expect(told(moveOf(text, 'window', waitingFor('window', choices)))).toBe('WINDOW_CHOSEN');
  });
  test('a number that has no button is no choice', () => {
    expect(told(moveOf('7', 'window', waitingFor('window', choices)))).not.toBe('WINDOW_CHOSEN');
  });
  test('danger is heard even when a button is spelled the same', () => {
    const gas = [{ label: '有煤气味', means: { type: 'AFFIRMED' as const } }];
    expect(told(moveOf('有煤气味', 'fault', waitingFor('fault', gas)))).toBe('danger gas');
  });
});

describe('while a person has the chat', () => {
  test.each<[string, Owner, string]>([
    ['我再说一下情况', 'queue', 'noted'],
    ['继续报修', 'queue', 'withdrawn'],
    ['空调不制冷', 'human', 'silent'],
    ['有煤气味', 'human', 'danger gas'],
    ['有煤气味', 'queue', 'danger gas'],
  ])('%s, owned by %s: %s', (text, owner, expected) => {
    expect(told(moveOf(text, null, NEW_CONVERSATION, owner))).toBe(expected);
  });
});

describe('outside any dialog', () => {
  test.each<[string, string]>([
    ['我家空调不制冷', 'start repair-booking'],
    ['我要报修', 'start repair-booking'],
    ['你好', 'courtesy'],
    ['帮我写首诗', 'courtesy'],
    ['师傅到哪儿了', 'start progress'],
    ['我想改个时间', 'start appointment-change'],
    ['帮我取消预约', 'start appointment-change'],
    ['我要投诉', 'start complaint'],
    ['你们几点下班', 'answer hours'],
    ['asdfgh', 'clarify'],
    ['这空调开起来声音大得跟拖拉机似的,你们能派个师傅来瞧瞧不', 'start repair-booking'],
    ['唔该 雪柜冇晒冻气', 'start repair-booking'],
    ['家里东西坏了能修吗', 'start repair-booking'],
    ['在哪里投诉', 'start complaint'],
    ['I have a complaint', 'start complaint'],
  ])('%s: %s', (text, expected) => {
    expect(told(moveOf(text, null))).toBe(expected);
  });
});

describe('offered the place on record', () => {
  const offered = waitingFor('address', [{ label: '还是这里', means: { type: 'AFFIRMED' } }]);
  test.each([
    '还是这个地址',
    '还是这里',
    '对,就在这儿',
    '原来的地址吧',
    '老地方',
    '对对,还是我家,没搬',
    '系啊,同一个地址',
    'Yes, same address',
  ])('%s is a yes', (text) => {
    expect(told(moveOf(text, 'address', offered))).toBe('AFFIRMED');
  });
  test('nothing offered, 还是这个地址 is none', () => {
    expect(told(moveOf('还是这个地址', 'address'))).not.toBe('AFFIRMED');
  });
});
