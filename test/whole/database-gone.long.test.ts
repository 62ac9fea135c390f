/**
 * The database goes away while customers are in the middle of a booking: nobody is told anything false, nothing
 * acknowledged is lost, and once it is back everybody books to the end, without a restart. `DATABASE_GONE_SECONDS=30` is
 * the proof asked for.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type FaultyLink, openFaultyLink } from '../support/faulty-link.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import {
  bookOn,
  bookThrough,
  closeClients,
  customersInMidBooking,
  expectBooked,
  GONE_SECONDS,
  TEST_MILLISECONDS_MAX,
} from './database-gone-customers.ts';

const STALLED_SECONDS = Math.min(GONE_SECONDS, 10);
const CUT_TIMES = 8;
const CUT_EVERY_MILLISECONDS = 300;

afterEach(closeClients);

describe('behind a link that breaks', { timeout: TEST_MILLISECONDS_MAX }, () => {
  let database: FreshDatabase;
  let link: FaultyLink;
  let desk: WholeDesk;
  beforeAll(async () => {
    database = await freshDatabase();
    link = await openFaultyLink(database.url);
    desk = await startDesk({ databaseUrl: link.url });
  });
  // A desk that is told to stop says goodbye to its store.
  afterEach(() => link.comeBack());
  afterAll(async () => {
    await desk.close();
    await link.close();
    await database.drop();
  });

  it(`gone for ${GONE_SECONDS} s: refused or kept, nothing promised, everybody books when it is back`, async () => {
    await bookThrough(desk, database.url, { kind: 'until-mended', lose: link.goAway, seconds: GONE_SECONDS, mend: link.comeBack });
  });

  it(`stalled for ${STALLED_SECONDS} s, then heard again: the same`, async () => {
    await bookThrough(desk, database.url, { kind: 'until-mended', lose: link.stall, seconds: STALLED_SECONDS, mend: link.comeBack });
  });

  it(`stalled for ${STALLED_SECONDS} s, then cut: the same`, async () => {
    const mend = async () => {
      link.cut();
      await link.comeBack();
    };
    await bookThrough(desk, database.url, { kind: 'until-mended', lose: link.stall, seconds: STALLED_SECONDS, mend });
  });

  it(`cut ${CUT_TIMES} times in a row: everybody books, nobody is handed to a person for it`, async () => {
    const customers = await customersInMidBooking(desk);
    const booking = Promise.all(customers.map((it) => bookOn(it)));
    booking.catch(() => undefined);
    for (let times = 0; times < CUT_TIMES; times++) {
      link.cut();
      await pause(CUT_EVERY_MILLISECONDS);
    }
    await booking;
    await expectBooked(desk, database.url, customers);
    expect(desk.isAlive()).toBe(true);
  });
});

describe('embedded', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('killed with SIGKILL: the desk starts it again by itself, and everybody books', async () => {
    const desk = await startDesk();
    try {
      const url = (await readFile(join(desk.dataDir, 'database-url'), 'utf8')).trim();
      await bookThrough(desk, url, { kind: 'passing', lose: desk.killPostgres });
    } finally {
      await desk.close();
    }
  });
});
