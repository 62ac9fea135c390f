/**
 * The demo: three cities with their districts, engineers and shops, and a few products to try, with days relative to the
 * day of seeding. Plain rows, the same for the same day: the caller seals and inserts them.
 */
import type { Appliance } from '../../src/domain/appliance.ts';
import { addDays, addMonths, localDayOf } from '../../src/domain/business-calendar.ts';
import type { Serial } from '../../src/domain/contact.ts';
import type { Identifier, MakeIdentifier } from '../../src/domain/identifier.ts';
import type { Instant, LocalDay } from '../../src/domain/instant.ts';
import type { AreaRow } from '../../src/domain/service-area.ts';
import { type DemoEngineer, type DemoShop, demoAreas, demoEngineers, demoShops } from './demo-people.ts';

export type DemoProduct = {
  readonly serial: Serial;
  readonly brand: string;
  readonly model: string;
  readonly appliance: Appliance;
  /** Null: nobody registered the purchase. */
  readonly purchasedOn: LocalDay | null;
  readonly producedOn: LocalDay;
};

export type DemoData = {
  readonly areas: readonly AreaRow[];
  readonly engineers: readonly (DemoEngineer & { readonly id: Identifier })[];
  readonly shops: readonly (DemoShop & { readonly id: Identifier })[];
  readonly products: readonly (DemoProduct & { readonly id: Identifier })[];
};

/** From the day it is made to the day it is sold. */
const DAYS_IN_TRADE = 60;

/** The rows of the demo as of `now`. */
export function demoData(now: Instant, timeZone: string, makeId: MakeIdentifier): DemoData {
  return {
    areas: demoAreas(),
    engineers: demoEngineers().map((it) => ({ id: makeId(), ...it })),
    shops: demoShops().map((it) => ({ id: makeId(), ...it })),
    products: demoProducts(localDayOf(now, timeZone)).map((it) => ({ id: makeId(), ...it })),
  };
}

/** DEMO0000XX0000 is missing on purpose: it is the serial nobody knows. */
function demoProducts(today: LocalDay): readonly DemoProduct[] {
  const monthsAgo = (months: number): LocalDay => addMonths(today, -months).day;
  return [
    product('DEMO2026IN0001', '海尔', 'BCD-470WGHTD', 'fridge', addDays(monthsAgo(8), -2)),
    product('DEMO2020EX0001', '海信', '55E3F', 'tv', monthsAgo(75)),
    product('DEMO2026AC0002', '格力', 'KFR-35GW', 'air_conditioner', monthsAgo(30)),
    product('DEMO2026WH0003', '美的', 'F60-21WB1', 'water_heater', monthsAgo(14)),
    product('DEMO2026RV0004', '科沃斯', 'T20', 'robot_vacuum', monthsAgo(11)),
    // In cover until today, and out of cover since today.
    product('DEMO2025LA0005', '小天鹅', 'TG100V88', 'washer', addDays(monthsAgo(12), 1)),
    product('DEMO2025EX0006', '方太', 'EMQ5T', 'range_hood', monthsAgo(13)),
    product('DEMO2022EX0007', '美的', 'KFR-26GW', 'air_conditioner', monthsAgo(44)),
    // Nobody registered when these were bought: cover runs from the day they were made.
    unregistered('DEMO2026NR0008', '海尔', 'EG100MATE', 'washer', monthsAgo(5)),
    unregistered('DEMO2024EX0009', '创维', '65A5', 'tv', monthsAgo(20)),
  ];
}

function product(serial: string, brand: string, model: string, appliance: Appliance, purchasedOn: LocalDay): DemoProduct {
  return { serial: serial as Serial, brand, model, appliance, purchasedOn, producedOn: addDays(purchasedOn, -DAYS_IN_TRADE) };
}

function unregistered(serial: string, brand: string, model: string, appliance: Appliance, producedOn: LocalDay): DemoProduct {
  return { serial: serial as Serial, brand, model, appliance, purchasedOn: null, producedOn };
}
