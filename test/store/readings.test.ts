import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Serial } from '../../src/domain/contact.ts';
import { DAY, instantOf, type LocalDay, MINUTE } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import { newId, openTestStore } from '../support/database.ts';
import { A_PHONE, aBooking, aChat, anEngineer, aTicket, aTurn, aVisit, hoursAfterNoon, NOON } from './a-turn.ts';

let store: Store;
let now = NOON;
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(() => store.close());

const TODAY = '2026-11-20' as LocalDay;

describe('versions in force', () => {
  it('are asked to be seeded when there are none', async () => {
    await expect(store.readings.terms(TODAY)).rejects.toThrow(
      'no warranty terms in force on 2026-11-20: seed policy_version and price_version first',
    );
  });
  it('are the latest that took effect by the day', async () => {
    const add = (table: string, column: string, version: string, day: string, content: object) =>
      store.pool.query(`insert into ${table} (id, version, effective_from, ${column}) values ($1, $2, $3, $4)`, [
        newId(),
        version,
        day,
        content,
      ]);
    const classes = { tv: 1, fridge: 1, washer: 80, air_conditioner: 1, water_heater: 1, kitchen: 1, small: 1, other: 1 };
    await add('policy_version', 'terms', 'W1', '2020-01-01', { productMonths: { washer: 12 }, repairDays: 90, anniversaryCovered: false });
    await add('policy_version', 'terms', 'W2', '2026-11-20', { productMonths: { washer: 36 }, repairDays: 90, anniversaryCovered: false });
    await add('price_version', 'list', 'P1', '2020-01-01', {
      visitFee: classes,
      lines: [{ productClass: 'washer', fault: 'leaking', fromYuan: 80, toYuan: 200 }],
    });
    expect(await store.readings.terms(TODAY)).toEqual({
      warranty: { version: 'W2', effectiveFrom: '2026-11-20', productMonths: { washer: 36 }, makerMonths: {} },
      prices: {
        version: 'P1',
        effectiveFrom: '2020-01-01',
        visitFeeYuan: classes,
        lines: [{ productClass: 'washer', fault: 'leaking', fromYuan: 80, toYuan: 200 }],
      },
    });
    expect((await store.readings.terms('2026-11-19' as LocalDay)).warranty.version).toBe('W1');
    await expect(store.readings.terms('2019-12-31' as LocalDay)).rejects.toThrow('no warranty terms in force');
  });
});

it('service areas are none until there are some, and are then kept for a minute', async () => {
  expect(await store.readings.serviceAreas()).toEqual([]);
  const area = { province: '北京市', city: '北京市', district: '朝阳区' };
  await store.pool.query("insert into service_area values ('北京市', '北京市', '朝阳区')");
  expect(await store.readings.serviceAreas()).toEqual([area]);
  await store.pool.query("insert into service_area values ('北京市', '北京市', '海淀区')");
  expect(await store.readings.serviceAreas()).toEqual([area]);
  now = instantOf(now + MINUTE);
  expect(await store.readings.serviceAreas()).toHaveLength(2);
});

describe('engineers', () => {
  const washers = {
    productClasses: ['washer'],
    city: '北京市',
    district: '朝阳区',
    from: hoursAfterNoon(0),
    to: hoursAfterNoon(48),
  } as const;
  it('are those who have every skill and serve the district, with what is taken; an expired hold takes nothing', async () => {
    const engineer = await anEngineer(store);
    const chats = [await aChat(store), await aChat(store), await aChat(store)] as const;
    const hold = { ...aVisit(engineer, 9), kind: 'hold', heldUntil: instantOf(now + MINUTE) } as const;
    await store.transact([
      aTurn(chats[0], { reservation: aBooking(engineer, 2) }),
      aTurn(chats[1], { reservation: hold }),
      aTurn(chats[2], { reservation: aBooking(engineer, 72) }),
    ]);
    const taken = [2, 9].map((hour) => ({ from: hoursAfterNoon(hour), to: instantOf(hoursAfterNoon(hour + 2) + 30 * MINUTE) }));
    const [found, ...others] = await store.readings.engineers(washers);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: engineer, name: '李工', phone: '+8613900139000', taken });
    expect(found?.shifts).toEqual([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinutes: 480, toMinutes: 1200 })));
    now = hold.heldUntil;
    expect((await store.readings.engineers(washers))[0]?.taken).toEqual(taken.slice(0, 1));
  });
  it('without one of the skills, or of another district, are not found', async () => {
    expect(await store.readings.engineers({ ...washers, productClasses: ['washer', 'tv'] })).toEqual([]);
    expect(await store.readings.engineers({ ...washers, district: '海淀区' })).toEqual([]);
  });
});

describe('what is on record of a customer', () => {
  it('is nothing for a new one', async () => {
    const { customerId } = await aChat(store);
    expect(await store.readings.customerRecord(customerId)).toEqual({
      name: null,
      phone: null,
      address: null,
      products: [],
      priorRepairs: [],
    });
  });
  it('is the latest address, the products booked with, and repairs finished within 400 days with who did them', async () => {
    const chat = await aChat(store);
    const serial = 'DEMO2026IN0001' as Serial;
    await store.pool.query(
      "insert into product_unit (id, serial_index, serial_sealed, model, brand, appliance, purchased_on) values ($1, $2, $3, 'XQG100', '小天鹅', 'washer', '2026-01-31')",
      [newId(), store.seal.blindIndex('serial', serial), store.seal.seal('product.serial', serial)],
    );
    const [recent, ancient, open] = [aTicket({ serial }), aTicket(), aTicket()];
    const address = { id: newId(), province: '北京市', city: '北京市', district: '朝阳区', detail: '建国路 1 号' };
    const reservation = aBooking(await anEngineer(store), 100, [recent.id]);
    await store.transact([
      aTurn(chat, { tickets: [recent, ancient, open], newAddress: address, customer: { name: '王芳', phone: A_PHONE }, reservation }),
    ]);
    await store.pool.query('update ticket set completed_at = $2 where id = $1', [recent.id, new Date(now - 399 * DAY)]);
    await store.pool.query('update ticket set completed_at = $2 where id = $1', [ancient.id, new Date(now - 401 * DAY)]);
    const product = { appliance: 'washer', brand: '小天鹅', model: 'XQG100', purchasedOn: '2026-01-31', producedOn: null };
    expect(await store.readings.customerRecord(chat.customerId)).toEqual({
      name: '王芳',
      phone: A_PHONE,
      address,
      products: [product],
      priorRepairs: [
        {
          ticketId: recent.id,
          ticketNumber: recent.number,
          appliance: 'washer',
          faults: ['leaking', 'noisy'],
          completedAt: now - 399 * DAY,
          engineerName: '李工',
        },
      ],
    });
    expect(await store.readings.productBySerial(serial)).toEqual(product);
    expect(await store.readings.productBySerial('DEMO0000XX0000' as Serial)).toBeNull();
  });
});

it('service points of a city come with their opening hours', async () => {
  await store.pool.query(
    `insert into service_point values ($1, '朝阳网点', '北京市', '朝阳区', '建国路 2 号', '{"opens":"09:00","closes":"18:00"}')`,
    [newId()],
  );
  const point = { name: '朝阳网点', city: '北京市', district: '朝阳区', address: '建国路 2 号', opens: '09:00', closes: '18:00' };
  expect(await store.readings.servicePoints('北京市')).toEqual([point]);
  expect(await store.readings.servicePoints('上海市')).toEqual([]);
});

describe('ticket numbers', () => {
  it('count from one each day, with four digits or more', async () => {
    expect(await store.readings.ticketNumbers(TODAY, 2)).toEqual(['BX-20261120-0001', 'BX-20261120-0002']);
    expect(await store.readings.ticketNumbers('2026-11-21' as LocalDay, 1)).toEqual(['BX-20261121-0001']);
    await store.pool.query("insert into number_counter values ('BX-20261122', 9999)");
    expect(await store.readings.ticketNumbers('2026-11-22' as LocalDay, 2)).toEqual(['BX-20261122-9999', 'BX-20261122-10000']);
  });
  it('are never given twice, by two processes that ask at once', async () => {
    const other = await openTestStore({ url: store.url });
    const asked = Array.from({ length: 60 }, (_, index) =>
      (index % 2 ? store : other).readings.ticketNumbers('2026-11-23' as LocalDay, 1 + (index % 3)),
    );
    const numbers = (await Promise.all(asked)).flat();
    expect(new Set(numbers).size).toBe(numbers.length);
    await other.close();
  });
});

describe('the wait for a person', () => {
  const asks = async (hour: number) => {
    const chat = await aChat(store);
    const handoff = {
      kind: 'open',
      id: newId(),
      reason: 'asked',
      ticketId: null,
      summary: { flow: null, asking: null, known: {}, possibleTickets: [] },
      waitingSince: hoursAfterNoon(hour),
    } as const;
    await store.transact([aTurn(chat, { handoff })]);
    return { ...chat, handoffId: handoff.id };
  };
  const claim = async (handoffId: string | undefined, minutes: number) => {
    const agent = newId();
    await store.pool.query(
      "insert into staff (id, name, email, role, token_hash, created_at) values ($1, '小周', $2, 'agent', $3, now())",
      [agent, `${agent}@example.com`, Buffer.from(agent)],
    );
    const text =
      "update handoff set status = 'claimed', owner_id = $3, claimed_at = waiting_since + $2 * interval '1 minute' where id = $1";
    await store.pool.query(text, [handoffId, minutes, agent]);
  };

  it('is behind those who have asked earlier and whom nobody has claimed, behind all of them for who has not asked', async () => {
    const [first, second, third] = [await asks(1), await asks(2), await asks(3)];
    const stranger = await aChat(store);
    const ahead = (of: { readonly conversationId: (typeof first)['conversationId'] }) => store.readings.queueAhead(of.conversationId);
    expect([await ahead(first), await ahead(second), await ahead(third), await ahead(stranger)]).toEqual([0, 1, 2, 3]);
    await claim(first.handoffId, 0);
    expect([await ahead(second), await ahead(third), await ahead(stranger)]).toEqual([0, 1, 2]);
  });

  it('lately was the median of the last claims of a day, whoever waited through a night; fewer than three say nothing', async () => {
    await store.pool.query('delete from handoff');
    const asked = [await asks(1), await asks(1), await asks(1)];
    now = hoursAfterNoon(2);
    await claim(asked[0]?.handoffId, 4);
    await claim(asked[1]?.handoffId, 8);
    expect(await store.readings.recentWaitMinutes()).toBeNull();
    await claim(asked[2]?.handoffId, 600);
    expect(await store.readings.recentWaitMinutes()).toBe(8);
    now = hoursAfterNoon(36);
    expect(await store.readings.recentWaitMinutes()).toBeNull();
  });
});

it('everyday answers are none until there are some, and are then kept for a minute', async () => {
  expect(await store.readings.enquiryAnswers()).toEqual([]);
  const add = (key: string, topic: string) =>
    store.pool.query(
      "insert into enquiry_answer (id, key, topic, questions, zh_cn, en, updated_at) values ($1, $2, $3, '{多少钱,几钱}', '看价目。', 'See the list.', now())",
      [newId(), key, topic],
    );
  await add('b', 'price');
  const answer = { key: 'b', topic: 'price', questions: ['多少钱', '几钱'], text: { 'zh-CN': '看价目。', en: 'See the list.' } };
  expect(await store.readings.enquiryAnswers()).toEqual([answer]);
  await add('a', 'visit');
  expect(await store.readings.enquiryAnswers()).toEqual([answer]);
  now = instantOf(now + MINUTE);
  expect((await store.readings.enquiryAnswers()).map((it) => it.key)).toEqual(['a', 'b']);
});
