/** How pictures reach a customer: as pictures, else as a link, and never twice. */
import { expect, test } from 'vitest';
import type { PictureShown } from '../../../src/channels/wechat/bridge.ts';
import { createWechatSend } from '../../../src/channels/wechat/send.ts';
import { uncountedSends } from '../../../src/channels/wechat/uncounted-sends.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { Lane, PlacedMessage } from '../../../src/turn/message.ts';
import { newId } from '../../support/database.ts';

const LANE: Lane = { conversationId: newId(), channel: 'wechat', externalId: 'o1' };
const FILE = { id: newId(), name: '滤网.png', contentType: 'image/png', size: 1_000, hasThumbnail: false };
const LINK = `滤网.png\nhttps://desk.example/files/${FILE.id}`;
const MESSAGE: PlacedMessage = {
  id: newId(),
  seq: 4,
  sender: 'staff',
  at: instantOf(0),
  body: {
    text: '看图',
    speaker: null,
    choices: [],
    links: [],
    files: [FILE],
    dialog: { flow: null, asking: null, reply: [] },
    ticket: null,
  },
};
const DONE = { kind: 'done', value: null } as const;

/** The platform answers pictures so, one after the other, and then takes them. */
function aPlatform(...answers: readonly PictureShown[]) {
  const left = [...answers];
  const screen: string[] = [];
  const logged: string[] = [];
  const send = createWechatSend({
    say: async (_, words) => {
      screen.push(words.kind === 'text' ? words.text : words.head);
      return DONE;
    },
    show: async (_, { name }) => {
      const answer = left.shift() ?? DONE;
      if (answer.kind === 'done') screen.push(`[${name}]`);
      return answer;
    },
    sends: uncountedSends(),
    menus: true,
    fileUrl: (id) => `https://desk.example/files/${id}`,
    now: () => instantOf(0),
    log: (event, fields) => logged.push(JSON.stringify({ event, ...fields })),
  });
  return { send: () => send(LANE, [MESSAGE]), screen, logged };
}

test('words and picture are with the customer', async () => {
  const { send, screen } = aPlatform();
  expect(await send()).toEqual([{ kind: 'delivered' }]);
  expect(screen).toEqual(['看图', '[滤网.png]']);
});

test.each<PictureShown>([
  { kind: 'not-taken', code: 40009 },
  { kind: 'not-taken', code: null },
  { kind: 'refused', code: 40007 },
])('a picture the platform does not take ($kind $code) is a link, and the log knows no more than that', async (answer) => {
  const { send, screen, logged } = aPlatform(answer);
  expect(await send()).toEqual([{ kind: 'delivered' }]);
  expect(screen).toEqual(['看图', LINK]);
  expect(logged).toEqual([JSON.stringify({ event: 'wechat.picture-as-link', code: answer.kind === 'done' ? 0 : (answer.code ?? 0) })]);
});

test.each<[PictureShown, object]>([
  [{ kind: 'again', code: null }, { kind: 'again' }],
  [{ kind: 'locked-out', code: 40164 }, { kind: 'later' }],
  [{ kind: 'window-shut', code: 45015 }, { kind: 'waiting' }],
])('one that can not be sent now (%o) is sent later, and the words before it only once', async (answer, result) => {
  const { send, screen } = aPlatform(answer);
  expect(await send()).toMatchObject([result]);
  expect(await send()).toEqual([{ kind: 'delivered' }]);
  expect(screen).toEqual(['看图', '[滤网.png]']);
});
