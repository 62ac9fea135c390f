import { expect, it } from 'vitest';
import { transcriptDesk } from '../../src/desk/transcript.ts';
import type { LoggedMessage } from '../../src/turn/message.ts';
import { aReply, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { ZONE } from './a-desk.ts';

it('S2-024 what a customer told before anything was on record names neither them nor their door, whoever repeats it', async () => {
  const common = { at: NOON, channelMessageId: null } as const;
  const said = (text: string): LoggedMessage => ({
    ...common,
    id: newId(),
    seq: 1,
    from: 'customer',
    body: { kind: 'text', text },
    delivery: null,
  });
  const answered = (text: string): LoggedMessage => ({
    ...common,
    id: newId(),
    seq: 2,
    from: 'bot',
    body: aReply(text).body,
    delivery: 'delivered',
  });
  const messages = [said('我叫王小明,住翠湖天地A座1203,空调报E5'), answered('翠湖天地A座1203记下了')];
  const known = { names: [], phones: [], doors: [] };
  const desk = transcriptDesk({ transcript: async () => ({ messages, attachments: new Map(), known }), timeZone: ZONE });
  const member = { id: newId(), name: '李敏', role: 'agent' } as const;
  const read = await desk.read(member, { conversationId: newId(), afterSeq: 0, limit: 10 });
  expect(read.kind === 'found' ? read.lines.map((it) => it.text) : read.kind).toEqual([
    '我叫王*,住翠湖天地***,空调报E5',
    '翠湖天地***记下了',
  ]);
});
