/**
 * What a desk needs to know before anybody has told it more: a price list and warranty terms. They are put in where the
 * store has none, and are replaced by a later version with its own day of effect.
 */
import type { Fault, ProductClass } from '../../src/domain/appliance.ts';
import type { LocalDay } from '../../src/domain/instant.ts';
import type { PriceLine, PriceList, WarrantyTerms } from '../../src/domain/terms.ts';

/** Both hold for every day a repair could have been booked. */
const EFFECTIVE_FROM = '2020-01-01' as LocalDay;

const ONE_YEAR = 12;
const THREE_YEARS = 36;
const SIX_YEARS = 72;

/** Home appliances one year, those with a compressor or tank of their own up to three (S2-048); smart-home one year (S2-049); `other` is asked of a person (S2-050). A maker's months are what it publishes (S4-050). */
export const DEFAULT_WARRANTY_TERMS: WarrantyTerms = {
  version: 'terms-2020-01',
  effectiveFrom: EFFECTIVE_FROM,
  productMonths: {
    air_conditioner: THREE_YEARS,
    water_heater: THREE_YEARS,
    dishwasher: ONE_YEAR,
    disinfection_cabinet: ONE_YEAR,
    dryer: ONE_YEAR,
    fan: ONE_YEAR,
    fridge: ONE_YEAR,
    gas_stove: ONE_YEAR,
    hair_dryer: ONE_YEAR,
    microwave: ONE_YEAR,
    range_hood: ONE_YEAR,
    rice_cooker: ONE_YEAR,
    robot_vacuum: ONE_YEAR,
    tv: ONE_YEAR,
    vacuum: ONE_YEAR,
    washer: ONE_YEAR,
    water_purifier: ONE_YEAR,
  },
  makerMonths: { 格力: { air_conditioner: SIX_YEARS } },
};

type Range = readonly [fromYuan: number, toYuan: number];

/** Yuan, parts and labour; `other` is what a fault costs that no line names. */
const RANGES: Readonly<Record<ProductClass, Readonly<Partial<Record<Fault, Range>>>>> = {
  tv: {
    display: [150, 800],
    error_code: [80, 300],
    no_power: [120, 450],
    noisy: [80, 260],
    remote: [30, 80],
    smell: [120, 450],
    trip: [120, 400],
    other: [80, 800],
  },
  fridge: {
    consumable: [40, 160],
    display: [100, 320],
    door_stuck: [60, 220],
    error_code: [80, 320],
    frosting: [100, 380],
    leaking: [80, 300],
    no_power: [100, 420],
    noisy: [80, 360],
    not_cooling: [150, 680],
    smell: [60, 180],
    trip: [120, 450],
    other: [80, 680],
  },
  washer: {
    consumable: [40, 150],
    display: [100, 320],
    door_stuck: [80, 240],
    error_code: [80, 320],
    leaking: [80, 280],
    no_power: [100, 400],
    noisy: [100, 420],
    not_draining: [80, 240],
    not_heating: [120, 350],
    not_spinning: [100, 420],
    smell: [80, 200],
    trip: [100, 350],
    other: [80, 420],
  },
  air_conditioner: {
    consumable: [40, 160],
    display: [80, 260],
    error_code: [80, 400],
    frosting: [100, 380],
    leaking: [80, 260],
    no_power: [100, 420],
    noisy: [80, 360],
    not_cooling: [120, 580],
    not_heating: [120, 580],
    remote: [30, 90],
    smell: [80, 220],
    trip: [120, 420],
    other: [80, 580],
  },
  water_heater: {
    consumable: [60, 200],
    display: [80, 260],
    error_code: [80, 360],
    flame_out: [100, 320],
    leaking: [100, 420],
    no_power: [100, 360],
    noisy: [80, 260],
    not_heating: [120, 460],
    not_igniting: [100, 320],
    smell: [80, 260],
    trip: [120, 380],
    other: [80, 460],
  },
  kitchen: {
    consumable: [60, 480],
    display: [80, 260],
    door_stuck: [60, 220],
    error_code: [80, 320],
    flame_out: [80, 260],
    leaking: [80, 300],
    no_power: [80, 320],
    noisy: [80, 320],
    not_draining: [80, 240],
    not_heating: [100, 320],
    not_igniting: [80, 260],
    smell: [80, 240],
    trip: [100, 320],
    other: [80, 480],
  },
  small: {
    consumable: [20, 120],
    display: [40, 150],
    door_stuck: [30, 100],
    error_code: [40, 160],
    leaking: [30, 120],
    no_power: [40, 180],
    noisy: [40, 150],
    not_cooling: [40, 120],
    not_heating: [40, 160],
    not_spinning: [40, 160],
    remote: [20, 60],
    smell: [30, 120],
    trip: [50, 150],
    other: [30, 180],
  },
  other: { other: [50, 500] },
};

function lines(): readonly PriceLine[] {
  return Object.entries(RANGES).flatMap(([productClass, ranges]) =>
    Object.entries(ranges).map(([fault, [fromYuan, toYuan]]) => ({
      productClass: productClass as ProductClass,
      fault: fault as Fault,
      fromYuan,
      toYuan,
    })),
  );
}

/** A visit costs 30 yuan whatever is to be repaired; bringing it to a shop costs no visit. */
export const DEFAULT_PRICE_LIST: PriceList = {
  version: 'prices-2020-01',
  effectiveFrom: EFFECTIVE_FROM,
  visitFeeYuan: { tv: 30, fridge: 30, washer: 30, air_conditioner: 30, water_heater: 30, kitchen: 30, small: 30, other: 30 },
  lines: lines(),
};
