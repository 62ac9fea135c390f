/** A whole office or village behind one address: its customers come at one moment, and the limits are not for them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../src/domain/instant.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type ChatActivity, connect } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { book, phoneOf } from './booking.ts';

/** As many as the desk promises to serve behind one address. */
const CUSTOMERS = 300;
const ANSWER_MILLISECONDS_MAX = 100_000;
const BOOKING_MILLISECONDS_MAX = 240_000;

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

it('300 customers behind one address open a chat and book at one time, and none of them is refused', {
  timeout: BOOKING_MILLISECONDS_MAX,
}, async () => {
  const booked = await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => customer(index)));
  expect(new Set(booked.map((it) => it.number)).size).toBe(CUSTOMERS);
  expect(desk.printed()).not.toContain('"level":"error"');
});

/** The client throws on any refusal. */
async function customer(index: number) {
  const client = await connect(desk.url);
  try {
    // A machine that others use too may take its time over 300; none of them may be refused or forgotten.
    const patient = { ...client, next: (fits?: (it: ChatActivity) => boolean) => client.next(fits, ANSWER_MILLISECONDS_MAX) };
    return await book(patient, {
      fault: ['空调不制冷', '冰箱漏水', '洗衣机响声大'][index % 3] ?? '空调不制冷',
      address:
        ['北京市朝阳区望京街道阜通东大街6号院3号楼', '上海市浦东新区张杨路500号2号楼', '深圳市南山区科技南路18号1栋'][
          Math.floor(index / 3) % 3
        ]?.concat(String(101 + index)) ?? '',
      phone: phoneOf(1_000 + index),
      name: '王芳',
      when: whenOf(index),
    });
  } finally {
    client.close();
  }
}

/** Spread over the windows of the next days: here it is the limits that are tried, not the last free engineer. */
function whenOf(index: number): string {
  const day = new Date(Date.now() + (2 + (index % 11)) * DAY);
  const [month, date] = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric' })
    .format(day)
    .split('/');
  return `${month}月${date}日${['上午9点', '上午11点', '下午3点', '下午5点', '晚上7点'][Math.floor(index / 11) % 5]}`;
}
