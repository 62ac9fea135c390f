/** How sends end: what is with the customer, what waits for them, what is tried again. */
import { expect, test } from 'vitest';
import type { Words } from '../../../src/channels/wechat/outgoing.ts';
import { createWechatSend, type WechatSendNeeds } from '../../../src/channels/wechat/send.ts';
import { type Instant, instantOf } from '../../../src/domain/instant.ts';
import type { Lane, PlacedMessage } from '../../../src/turn/message.ts';
import { newId } from '../../support/database.ts';

const LANE: Lane = { conversationId: newId(), channel: 'wechat', externalId: 'o1' };
const said = (seq: number, text: string): PlacedMessage => ({
  id: newId(),
  seq,
  sender: 'staff',
  at: instantOf(0),
  body: { text, speaker: null, choices: [], links: [], files: [], dialog: { flow: null, asking: null, reply: [] }, ticket: null },
});

/** Whatever is sent takes so long. */
function aPlatform(milliseconds: number) {
  let now: Instant = instantOf(0);
  const shown: string[] = [];
  const taken = new Map<string, string>();
  const done = new Set<string>();
  const needs: WechatSendNeeds = {
    say: async (_: string, sendable: Words) => {
      shown.push(sendable.kind === 'text' ? sendable.text : sendable.head);
      now = instantOf(now + milliseconds);
      return { kind: 'done', value: null };
    },
    show: async () => ({ kind: 'not-taken', code: null }),
    fileUrl: (id) => `https://desk.example/files/${id}`,
    sends: {
      take: async (_, messageId) => {
        const id = String(taken.size);
        taken.set(id, messageId);
        return id;
      },
      sent: async (id) => void done.add(id),
      giveBack: async () => undefined,
      shut: async () => undefined,
      partsSent: async (messageId) => [...done].filter((it) => taken.get(it) === messageId).length,
    },
    menus: true,
    now: () => now,
    log: () => undefined,
  };
  return { send: createWechatSend(needs), shown };
}

test('a long answer is broken off between two parts before its time is over, and goes on where it stopped', async () => {
  const { send, shown } = aPlatform(3_000);
  const answer = said(1, '修'.repeat(3_000));
  const tries = [];
  for (let number = 0; number < 3; number++) tries.push(await send(LANE, [answer]));
  expect(tries).toEqual([[{ kind: 'again', afterMilliseconds: 0 }], [{ kind: 'again', afterMilliseconds: 0 }], [{ kind: 'delivered' }]]);
  expect(shown).toHaveLength(5);
  expect(shown.join('')).toBe(answer.body.text);
});

test('what is with the customer by then is said to be', async () => {
  const { send, shown } = aPlatform(5_000);
  const answers = ['一', '二'].map((text, place) => said(place + 1, text.repeat(600)));
  expect(await send(LANE, answers)).toEqual([{ kind: 'delivered' }, { kind: 'again', afterMilliseconds: 0 }]);
  expect(await send(LANE, answers.slice(1))).toEqual([{ kind: 'delivered' }]);
  expect(shown).toHaveLength(2);
});
