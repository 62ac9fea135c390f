/**
 * What the customer has shown before saying what it is for: a place on the map, the label of a product. It goes with the
 * matter that is begun soon after, unless that is plainly of another place or product, and then with no other.
 */
import type { Answers } from '../../flows/dialog-event.ts';
import type { FlowName } from '../../flows/registry.ts';
import type { AddressParts, Serial } from '../domain/contact.ts';
import { MINUTE } from '../domain/instant.ts';
import type { ProductOnRecord } from '../domain/terms.ts';
import type { Reply, ReplyData, ReplyKey } from '../wording/reply.ts';
import type { ConversationState } from './conversation-state.ts';
import { addButton, type Button, type Draft, sayAt } from './draft.ts';
import { tellsOfFault } from './fault-words.ts';

const TOGETHER_FOR = 30 * MINUTE;
const ADDRESS_WRONG: Button = { label: { key: 'choice.address-wrong', data: {} }, means: { type: 'ANOTHER_ADDRESS_WANTED' } };
const NAMES_IT: ReadonlySet<ReplyKey> = new Set([
  'ask.address.area',
  'ask.address.area.again',
  'ask.address.area.rest',
  'ask.address.district.only',
  'ask.address.detail',
  'ask.address.detail.again',
  'outside',
]);
/** Dialogs about a product. */
const OF_A_PRODUCT: ReadonlySet<FlowName> = new Set(['repair-booking', 'warranty-lookup', 'complaint']);

export function keepPlace(draft: Draft, address: AddressParts): void {
  draft.state = { ...draft.state, place: { ...address, at: draft.now } };
}

/** `product` null: nobody here knows the serial. */
export function keepProduct(draft: Draft, serial: Serial, product: ProductOnRecord | null): void {
  const { appliance = null, brand = null, model = null } = product ?? {};
  draft.state = { ...draft.state, product: { serial, appliance, brand, model, at: draft.now } };
}

/**
 * The answers a dialog starts with, what was shown in them; it is used up by that. `text`: the customer's words, which may
 * tell the fault of a product they had no need to name. `place`: the one that was taken over.
 */
export function takeShown(
  draft: Draft,
  flow: FlowName,
  said: Answers,
  text: string | null,
): { readonly answers: Answers; readonly place: AddressParts | null } {
  const { place, product } = draft.state;
  let answers = said;
  const hasNoName = flow === 'repair-booking' && product?.appliance === null && !namesOne(said);
  if (product !== null && OF_A_PRODUCT.has(flow) && !hasNoName) {
    draft.state = { ...draft.state, product: null };
    if (isFresh(product, draft)) answers = withProduct(answers, product, flow === 'repair-booking' ? text : null);
  }
  if (place === null || flow !== 'repair-booking') return { answers, place: null };
  draft.state = { ...draft.state, place: null };
  if (!isFresh(place, draft) || answers.address !== null) return { answers, place: null };
  const { province, city, district, detail } = place;
  const address = { province, city, district, detail };
  return { answers: { ...answers, address }, place: address };
}

/** Of a serial nobody knows the booking has to ask the appliance: then it is that one's. */
export function withSerialShown(draft: Draft, answers: Answers): Answers {
  const { product } = draft.state;
  if (product?.appliance !== null || !isFresh(product, draft) || !namesOne(answers)) return answers;
  draft.state = { ...draft.state, product: null };
  return withProduct(answers, product, null);
}

function isFresh({ at }: { readonly at: number }, { now }: Draft): boolean {
  return now - at <= TOGETHER_FOR;
}

function namesOne({ reports }: Answers): boolean {
  return reports.some((it) => it.appliance !== null);
}

/** 不制冷, said after a refrigerator was shown, is the refrigerator's fault; 洗衣机漏水 is not. */
function withProduct(
  answers: Answers,
  { serial, appliance, brand, model }: NonNullable<ConversationState['product']>,
  text: string | null,
): Answers {
  const isOther =
    (answers.serial !== null && answers.serial !== serial) ||
    (appliance !== null && answers.reports.some((it) => it.appliance !== null && it.appliance !== appliance));
  if (isOther) return answers;
  const bare = { ...BARE, text: text !== null && tellsOfFault(text) ? text : null };
  const told = answers.reports.length > 0 ? answers.reports : appliance === null ? [] : [bare];
  return {
    ...answers,
    // Made by a scan of our own code.
    serial: serial as Serial,
    brand: answers.brand ?? brand,
    model: answers.model ?? model,
    reports: told.map((it) => ({ ...it, appliance: it.appliance ?? appliance })),
  };
}

const BARE = { appliance: null, faults: [], text: null, errorCode: null } as const;

/** What a booking goes by that was taken off a map, unless its own next words name it, with one tap to take it back. */
export function showPlace(draft: Draft, before: number, address: AddressParts): void {
  const isShown = draft.said.slice(before).some(({ reply }) => NAMES_IT.has(reply.key) || 'address' in reply.data);
  if (!isShown) sayFirst(draft, before, { key: 'location.taken', data: placeOf(address) }, 'repair-booking');
  addButton(draft, ADDRESS_WRONG);
}

export function placeOf({ province, city, district, detail }: AddressParts): ReplyData {
  const parts = [city === null ? province : null, city, district, detail];
  return { place: { as: 'text', value: parts.filter((it) => it !== null).join('') } };
}

/** In front of what was said from `before` on; it tells more than that something was noted. */
export function sayFirst(draft: Draft, before: number, reply: Reply, flow: FlowName): void {
  if (draft.said[before]?.reply.key === 'noted') draft.said.splice(before, 1);
  sayAt(draft, before, reply, flow);
}
