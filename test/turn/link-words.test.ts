import { describe, expect, test } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { type ConversationState, NEW_CONVERSATION } from '../../src/turn/conversation-state.ts';
import { LINK_ASKED, routeLink } from '../../src/turn/link-words.ts';

const LINK = '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10' as Identifier;
const button = (label: string, isMine: boolean) => ({ label, means: { type: 'LINK_ANSWERED', linkId: LINK, isMine } as const });
const ASKED: ConversationState = {
  ...NEW_CONVERSATION,
  linkAsked: LINK,
  lastAsked: { flow: null, asking: LINK_ASKED, choices: [button('是我', true), button('不是我', false)] },
};
/** The question scrolled away. */
const ELSEWHERE: ConversationState = { ...ASKED, lastAsked: { flow: 'repair-booking', asking: 'confirm', choices: [] } };

describe('S2-024 whether another account is theirs', () => {
  test.each([
    '是我',
    '对,是我',
    '是的,是我本人',
    '就是我',
    '我本人',
    '是我自己弄的',
    '嗯,我',
    '对的',
    '是的',
    '是',
    '没错',
    '是我的号',
    '我的',
    "yes, it's me",
    'It’s me',
    'yes',
    'that was me',
  ])('%s: yes', (said) => expect(routeLink(said, ASKED)).toEqual({ kind: 'answer-link', linkId: LINK, isMine: true }));

  test.each([
    '不是我',
    '不是',
    '不是本人',
    '没有',
    '我没弄过',
    '我没有报过',
    '不认识',
    '不是我弄的啊',
    '别合',
    '我不想合',
    '是别人,不是我',
    'no',
    "it wasn't me",
    'not me',
  ])('%s: no', (said) => expect(routeLink(said, ASKED)).toEqual({ kind: 'answer-link', linkId: LINK, isMine: false }));

  test.each(['谁啊', '什么账号', '什么意思?', '看不懂', '不知道是不是我', '怎么回事', "I don't know", 'who is that?'])(
    '%s: neither, and it is explained',
    (said) => expect(routeLink(said, ASKED)).toEqual({ kind: 'repeat-link' }),
  );

  test.each(['好的', '嗯', '可以', 'ok', '我的空调又坏了', '我要改时间', '查进度', '你好', '13800138000', '没声音了,电视'])(
    '%s: about something else',
    (said) => expect(routeLink(said, ASKED)).toBeNull(),
  );

  test('under another question the two buttons ask again, and a yes is that question’s', () => {
    for (const said of ['是我', '不是我', "It's me"]) expect(routeLink(said, ELSEWHERE)).toEqual({ kind: 'repeat-link' });
    for (const said of ['是的', '不是', '对']) expect(routeLink(said, ELSEWHERE)).toBeNull();
  });

  describe('offered to put the accounts together', () => {
    const TICKET = '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d11' as Identifier;
    const OFFERED: ConversationState = {
      ...NEW_CONVERSATION,
      lastAsked: { flow: null, asking: null, choices: [{ label: '合到一起', means: { type: 'LINK_WANTED', ticketId: TICKET } }] },
    };
    test.each(['好', '好的', '要', '可以', '合吧', '好的,合到一起吧', '嗯', 'yes please', 'ok'])('%s: wanted', (said) =>
      expect(routeLink(said, OFFERED)).toEqual({ kind: 'want-link', ticketId: TICKET }),
    );
    test.each(['不用', '不用了谢谢', '不合', '算了', '先不合', 'no thanks'])('%s: not wanted', (said) =>
      expect(routeLink(said, OFFERED)).toEqual({ kind: 'courtesy', key: 'link.unwanted' }),
    );
    test.each(['要改时间', '可以早点来吗', '好像不是这个时间', '谢谢', '冰箱也坏了', '合同在哪看'])('%s: about something else', (said) =>
      expect(routeLink(said, OFFERED)).toBeNull(),
    );
  });

  test('where nobody was asked nothing is an answer', () => {
    for (const said of ['是我', '不是我']) expect(routeLink(said, NEW_CONVERSATION)).toBeNull();
  });
});
