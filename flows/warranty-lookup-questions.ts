/** How a warranty look-up puts its questions: which words, which buttons. */

import { EXCLUSIONS } from '../src/domain/exclusion.ts';
import type { ProductOnRecord } from '../src/domain/terms.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import type { DialogChoice, Question } from './effect.ts';
import { answer, choice, question } from './question.ts';
import { applianceChoices } from './repair-booking-questions.ts';
import { candidates, subjectAppliance, verdictOf, type WarrantyData } from './warranty-lookup-data.ts';

const OFFERED_MAX = 5;
const NO_SERIAL = choice('choice.no-serial', { type: 'SKIPPED' });

/** Which product: by its serial, or one of those on record. */
export function askSerial(data: WarrantyData, misses: number): Question {
  const { serialInDoubt, photos } = data;
  if (serialInDoubt !== null) return question('serial', 'ask.serial.check', { serial: { as: 'text', value: serialInDoubt } }, [NO_SERIAL]);
  if (misses === 0 && photos.length > 0) return question('serial', 'ask.serial.photo', {}, [NO_SERIAL]);
  const offered = data.noneOfThem ? [] : candidates(data).slice(0, OFFERED_MAX);
  if (offered.length > 0) {
    const none = choice('choice.none-of-these', { type: 'SKIPPED' });
    return question('serial', 'ask.serial.which', {}, [...offered.map((it) => productChoice(it, offered)), none]);
  }
  if (misses > 0) return question('serial', 'ask.serial.again', {}, [NO_SERIAL]);
  if (data.appliance !== null) return question('serial', 'ask.serial.appliance', appliancesOf(data), [NO_SERIAL]);
  return question('serial', 'ask.serial', {}, [NO_SERIAL]);
}

/** 冰箱（2025年买）; of two bought in one year the day tells them apart, and the model where no day is known. */
function productChoice(product: ProductOnRecord, offered: readonly ProductOnRecord[]): DialogChoice {
  const { appliance, model, purchasedOn } = product;
  const means = { type: 'PRODUCT_CHOSEN', product } as const;
  const appliances = { as: 'appliances', value: [appliance] } as const;
  if (purchasedOn === null) return choice('choice.product.model', means, { appliances, model: { as: 'text', value: model } });
  const year = purchasedOn.slice(0, 4);
  const alike = offered.filter((it) => it.appliance === appliance && it.purchasedOn?.startsWith(year));
  if (alike.length === 1) return choice('choice.product', means, { appliances, year: { as: 'text', value: year } });
  return choice('choice.product.day', means, { appliances, bought: { as: 'purchase', value: purchasedOn } });
}

export function askWhichAppliance(_data: WarrantyData, misses: number): Question {
  return question('appliance', misses === 0 ? 'ask.warranty.appliance' : 'ask.appliance.again', {}, applianceChoices());
}

export function askPurchasedOn(data: WarrantyData, misses: number): Question {
  const unknown = [choice('choice.date-lost', { type: 'SKIPPED' })];
  if (misses > 0) return question('purchasedOn', 'ask.purchased.again', {}, unknown);
  if (data.found?.kind === 'needs' && data.found.what === 'day')
    return question('purchasedOn', 'ask.purchased.day', { bought: { as: 'purchase', value: data.purchasedOn ?? '' } }, unknown);
  return question('purchasedOn', 'ask.purchased', appliancesOf(data), unknown);
}

export function askProof(_data: WarrantyData, misses: number): Question {
  return question('proof', misses === 0 ? 'ask.proof' : 'ask.proof.again', {}, [
    choice('choice.proof', answer({ hasProof: true })),
    choice('choice.no-proof', answer({ hasProof: false })),
  ]);
}

export function askExclusion(data: WarrantyData, misses: number): Question {
  const none = choice('choice.exclusion.none', answer({ exclusion: 'none' }));
  const told = EXCLUSIONS.map((it) => choice('choice.exclusion', answer({ exclusion: it }), { exclusion: { as: 'exclusion', value: it } }));
  return question('exclusion', misses === 0 ? 'ask.exclusion' : 'ask.exclusion.again', appliancesOf(data), [none, ...told]);
}

export function askCallBackPhone(_data: WarrantyData, misses: number): Question {
  return question('phone', misses === 0 ? 'ask.phone.call-back' : 'ask.phone.again');
}

/** A repair at the price this cover gives; who would have to pay may have the answer looked at again. */
export function askNext(data: WarrantyData, misses: number): Question {
  const verdict = verdictOf(data);
  const charged = verdict !== 'covered' && verdict !== 'same-fault' && verdict !== 'recalled';
  return question('next', misses === 0 ? 'ask.next' : 'ask.next.again', {}, [
    choice('choice.book-repair', { type: 'NEXT_CHOSEN', next: 'book' }),
    ...(charged ? [choice('choice.appeal', { type: 'NEXT_CHOSEN', next: 'appeal' })] : []),
    choice('choice.not-now', { type: 'NEXT_CHOSEN', next: 'nothing' }),
  ]);
}

function appliancesOf(data: WarrantyData): ReplyData {
  return { appliances: { as: 'appliances', value: [subjectAppliance(data) ?? 'other'] } };
}
