/**
 * Answers an everyday question by the key it was found under. A named place, a city's shops and a price are looked up;
 * everything else is the text staff keep, with the facts of the day filled in. Nothing known is said to be so.
 */
import type { Answers } from '../../flows/dialog-event.ts';
import type { Appliance } from '../domain/appliance.ts';
import type { AddressParts } from '../domain/contact.ts';
import type { EnquiryAnswer } from '../domain/enquiry.ts';
import type { Instant } from '../domain/instant.ts';
import { type AreaMatch, matchArea } from '../domain/service-area.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { AskedEnquiry } from '../understanding/enquiry-search.ts';
import type { Reply } from '../wording/reply.ts';
import { answerQuestion, applianceInQuestion } from './answer-question.ts';
import type { LookUpNeeds } from './asking.ts';
import type { ConversationState } from './conversation-state.ts';
import { enquiryFacts } from './enquiry-facts.ts';
import type { ServiceAreaRow } from './ports.ts';

/** Keys whose answer hangs on what was named. */
const AREA_KEY = 'area.served';
const SHOPS_KEY = 'area.shops';
const PRICE_KEY = 'price.repair';

/** What is said when no answer fits: a person answers. */
const UNKNOWN_ENQUIRY: Reply = { key: 'enquiry.unknown', data: {} };

export async function answerEnquiry(
  { key, places }: AskedEnquiry,
  answers: Answers,
  state: ConversationState,
  now: Instant,
  needs: LookUpNeeds,
): Promise<Reply> {
  const known = (await needs.readings.enquiryAnswers()).find((it) => it.key === key);
  if (known === undefined) return UNKNOWN_ENQUIRY;
  switch (key) {
    case PRICE_KEY:
      return await answerQuestion('price', answers, state, now, needs);
    case AREA_KEY:
      return (await areaAnswer(places, needs)) ?? (await textAnswer(known, null, now, needs));
    case SHOPS_KEY:
      return (await shopsAnswer(places, needs)) ?? (await textAnswer(known, null, now, needs));
    default:
      return await textAnswer(known, applianceInQuestion(answers, state), now, needs);
  }
}

async function textAnswer({ text }: EnquiryAnswer, appliance: Appliance | null, now: Instant, needs: LookUpNeeds): Promise<Reply> {
  const facts = await enquiryFacts(appliance, now, needs);
  return { key: 'enquiry.answer', data: { answer: { as: 'worded', value: text, facts } } };
}

/** Whether we come to the place that was named; null when none was. */
async function areaAnswer(places: readonly AddressParts[], { readings }: LookUpNeeds): Promise<Reply | null> {
  const rows = await readings.serviceAreas();
  const area = areaOf(rows, places);
  if (area === null) return null;
  switch (area.kind) {
    case 'served':
      return { key: 'enquiry.area.served', data: { place: place(`${area.city}${area.district}`) } };
    case 'outside':
      return { key: 'enquiry.area.outside', data: { place: place(area.place) } };
    case 'which-district': {
      const districts = rows.filter((it) => it.city === area.city).map((it) => it.district);
      return { key: 'enquiry.area.district', data: { place: place(area.city), districts: { as: 'numbers', value: districts } } };
    }
    case 'which-city':
      return { key: 'enquiry.area.city', data: { place: place(area.name), cities: { as: 'numbers', value: area.candidates } } };
    default:
      return unreachable(area);
  }
}

/** The shops of the city that was named; null when none was. */
async function shopsAnswer(places: readonly AddressParts[], { readings }: LookUpNeeds): Promise<Reply | null> {
  const area = areaOf(await readings.serviceAreas(), places);
  const city = area?.kind === 'served' || area?.kind === 'which-district' ? area.city : (places[0]?.city ?? null);
  if (city === null) return null;
  const shops = (await readings.servicePoints(city)).map(({ name, address, opens, closes }) => ({ name, address, opens, closes }));
  if (shops.length === 0) return { key: 'enquiry.shops.none', data: { place: place(city) } };
  return { key: 'enquiry.shops', data: { place: place(city), shops: { as: 'shops', value: shops } } };
}

type NamedMatch =
  | Exclude<AreaMatch, { readonly kind: 'unknown' | 'which-city' }>
  | { readonly kind: 'which-city'; readonly name: string; readonly candidates: readonly string[] };

/** Of all a name may mean, what we serve: 朝阳 is the district of a city we come to, and not the city far away. */
function areaOf(rows: readonly ServiceAreaRow[], places: readonly AddressParts[]): NamedMatch | null {
  const matches = places.map((it) => matchArea(rows, it));
  const served = matches.filter((it) => it.kind === 'served');
  const cities = [...new Set(served.map((it) => it.city))];
  const [first] = served;
  if (first !== undefined) return cities.length === 1 ? first : { kind: 'which-city', name: first.district, candidates: cities };
  return matches.find((it) => it.kind === 'which-district') ?? matches.find((it) => it.kind === 'outside') ?? null;
}

function place(name: string): { readonly as: 'text'; readonly value: string } {
  return { as: 'text', value: name };
}
