/** The place a question names, in passing: 昌平有师傅吗, 通州能去吗. Only which city or district, never a door. */
import type { AddressParts } from '../domain/contact.ts';
import { readAddress } from './address.ts';
import { areasAt, isOrdinaryWord, type NamedArea } from './area.ts';
import { mask } from './mask.ts';

/** Names that are ordinary words in what is asked of a service: 开发票, 延长保修. */
const ORDINARY_HERE: ReadonlySet<string> = new Set(['开发', '延长', '高要', '合作']);
/** 广东话 is no place. */
const NO_PLACE_BEFORE = '话';
const PLACES_MAX = 20;

/** All the places the first name may mean, none when none is named: 朝阳 is a city, and a district of two others. */
export function namedPlaces(plain: string): readonly AddressParts[] {
  const address = readAddress(plain, 'address').value;
  const whole = address !== null && (address.province !== null || address.district !== null) ? [{ ...address, detail: null }] : [];
  const [first] = placesIn(plain);
  const others = (first?.readings ?? []).flatMap(({ areas }) => areas).map((it) => ({ ...it, detail: null }));
  return [...whole, ...others].slice(0, PLACES_MAX);
}

/** Every name of a place as one stretch of the mask. */
export function maskPlaces(plain: string): string {
  return placesIn(plain).reduce((text, { from, to }) => mask(text, from, to, 'address'), plain);
}

type Place = { readonly from: number; readonly to: number; readonly readings: readonly NamedArea[] };

function placesIn(plain: string): readonly Place[] {
  const places: Place[] = [];
  for (let at = 0; at < plain.length; ) {
    const found = areasAt(plain, at);
    const readings = found?.readings.filter((it) => !isOrdinaryWord(it.name) && !ORDINARY_HERE.has(it.name)) ?? [];
    if (found === null || readings.length === 0 || plain[found.end] === NO_PLACE_BEFORE) {
      at += 1;
      continue;
    }
    places.push({ from: at, to: found.end, readings });
    at = found.end;
  }
  return places;
}
