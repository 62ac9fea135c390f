/**
 * The database is there and yet of no use: it takes no writes, or the network has forgotten the way to it. The desk gets
 * over it by itself, and no customer pays for it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type FaultyLink, openFaultyLink } from '../support/faulty-link.ts';
import { rowsAt } from '../support/store-rows.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import {
  answerLastQuestion,
  bookOn,
  bookThrough,
  closeClients,
  customersInMidBooking,
  expectBooked,
  TEST_MILLISECONDS_MAX,
} from './database-gone-customers.ts';

/** More rounds of the sweep than a message that cannot be turned is given. */
const FULL_SECONDS = 10;

describe('a store that is no use', { timeout: TEST_MILLISECONDS_MAX }, () => {
  let database: FreshDatabase;
  let link: FaultyLink;
  let desk: WholeDesk;
  beforeAll(async () => {
    database = await freshDatabase();
    link = await openFaultyLink(database.url);
    desk = await startDesk({ databaseUrl: link.url });
  });
  afterEach(closeClients);
  afterAll(async () => {
    await desk.close();
    await link.close();
    await database.drop();
  });

  it(`full for ${FULL_SECONDS} s: messages are kept, their turns come later, nobody is handed to a person for it`, async () => {
    const rows = rowsAt(database.url);
    const customers = await customersInMidBooking(desk);
    await rows(FULL);
    await Promise.all(customers.map(answerLastQuestion));
    await pause(FULL_SECONDS * 1_000);
    await rows('drop trigger full_disk on message');
    await Promise.all(customers.map((it) => bookOn(it, 'answered')));
    await expectBooked(desk, database.url, customers);
  });

  it('forgotten by the network, connection by connection: given up in time, and everybody books over new ones', async () => {
    await bookThrough(desk, database.url, { kind: 'passing', lose: link.forget });
  });
});

/** What a disk without room does to the answer of a turn: the customer's message was still taken. */
const FULL = `
create function full_disk() returns trigger language plpgsql as $$ begin raise exception using errcode = 'disk_full'; end $$;
create trigger full_disk before insert on message for each row when (new.direction = 'out') execute function full_disk()`;
