/** One customer sends as fast as the desk answers; the others book as if nobody did. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { connect } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { book, phoneOf } from './booking.ts';
import { type Message, staffApi } from './staff-api.ts';

const ORDINARY = 20;
const LANES = 6;

let database: FreshDatabase;
let desk: WholeDesk;
beforeAll(async () => {
  database = await freshDatabase();
  desk = await startDesk({ databaseUrl: database.url });
});
afterAll(async () => {
  await desk.close();
  await database.drop();
});

it('twenty customers book while one floods: all of them get their visit, and the flood gets 429', { timeout: 120_000 }, async () => {
  const flooder = await connect(desk.url);
  const statuses = new Map<number, number>();
  const MINUTE_MAX = DEFAULT_POLICY.limits.messagesPerConversationPerMinute;
  let booking = true;
  let sent = 0;
  // Until all have booked and, however fast they were, until it was too much.
  const isFlooding = () => booking || (!statuses.has(429) && sent < 3 * MINUTE_MAX);
  const flood = async (lane: number) => {
    for (let count = 0; isFlooding(); count++) {
      sent += 1;
      const response = await fetch(`${desk.url}/v3/directline/conversations/${flooder.conversationId}/activities`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${flooder.token()}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ type: 'message', text: `洪水${lane}-${count}` }),
      });
      await response.arrayBuffer();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    }
  };
  const lanes = Array.from({ length: LANES }, (_, lane) => flood(lane));
  try {
    // The client throws on any refusal, and on any answer that does not come.
    const booked = await Promise.all(Array.from({ length: ORDINARY }, (_, index) => customer(index)));
    expect(new Set(booked.map((it) => it.number)).size).toBe(ORDINARY);
  } finally {
    booking = false;
    await Promise.all(lanes);
    flooder.close();
  }
  expect([...statuses.keys()].sort()).toEqual([200, 429]);
  const { body } = await staffApi(desk).get<{ readonly items: readonly Message[] }>(
    `/conversations/${flooder.conversationId}/messages?limit=200`,
  );
  const said = body.items.filter((it) => it.from === 'customer').length;
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThanOrEqual(3 * MINUTE_MAX);
  expect((await fetch(`${desk.url}/readyz`)).status).toBe(200);
  expect(desk.printed()).not.toContain('"level":"error"');
});

async function customer(index: number) {
  const client = await connect(desk.url);
  try {
    return await book(client, {
      fault: ['空调不制冷', '冰箱漏水', '洗衣机响声大'][index % 3] ?? '空调不制冷',
      address: ['北京市朝阳区望京街道阜通东大街6号院3号楼', '上海市浦东新区张杨路500号2号楼'][index % 2]?.concat(String(101 + index)) ?? '',
      phone: phoneOf(600 + index),
      name: '王芳',
    });
  } finally {
    client.close();
  }
}
