/**
 * The bench in small: what it says of the floor and of ours must be true before any figure counts. Bookings side by side leave
 * one ticket each, and a message that comes twice counts once.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { Contestant } from '../../bench/contestant.ts';
import { open as openFloor } from '../../bench/contestants/floor.ts';
import { open as openOurs } from '../../bench/contestants/ours.ts';
import { open as openChoices } from '../../bench/contestants/ours-choices.ts';
import { driveBookings, driveLong, driveTwice } from '../../bench/drive.ts';
import { bareDatabase, freshDatabase } from '../support/database.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const CONTESTANTS = {
  floor: async () => opened(openFloor, await bareDatabase()),
  'ours, whole turn': async () => opened(openOurs, await freshDatabase()),
  'ours, choices in': async () => opened(openChoices, await freshDatabase()),
};

async function opened(
  open: typeof openFloor,
  { url, drop }: { readonly url: string; readonly drop: () => Promise<void> },
): Promise<Contestant> {
  closing.push(drop);
  const contestant = await open(url);
  closing.push(contestant.close);
  return contestant;
}

describe.each(Object.entries(CONTESTANTS))('%s', (_, openIt) => {
  test('side by side, everybody who booked has a ticket that says what they said', async () => {
    const contestant = await openIt();
    const customers = [0, 1, 2, 3, 4, 5, 6, 7];
    await contestant.prepare(customers);
    const { turns } = await driveBookings(contestant, customers, 4);
    expect(turns).toBe(customers.length * 7);
    expect(await contestant.tickets()).toBe(customers.length);
    expect(await contestant.ticketsAsSaid(customers)).toBe(customers.length);

    const repeated = [8, 9];
    await contestant.prepare(repeated);
    expect(await driveTwice(contestant, repeated)).toEqual({ customers: 2, tickets: 2, asSaid: 2 });

    const long = [10];
    await contestant.prepare(long);
    expect(await driveLong(contestant, long, 70)).toHaveLength(70);
    expect(await contestant.ticketsAsSaid(long)).toBe(0);
  });
});
