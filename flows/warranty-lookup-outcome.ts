/** What a warranty look-up says and leaves behind: the answer and why, a booking with its price, a ticket for a person. */
import type { RepairLayer, WarrantyAnswer, WarrantyFee } from '../src/domain/warranty.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import { type Answers, type LookUpAnswer, NOTHING_SAID } from './dialog-event.ts';
import { type Effect, type ReportedFault, say } from './effect.ts';
import { subjectAppliance, verdictOf, type WarrantyData } from './warranty-lookup-data.ts';

type Numbered = Extract<LookUpAnswer, { type: 'NUMBERS_TAKEN' }>;
type Told = Extract<WarrantyAnswer, { kind: 'answer' | 'undated' }>;

/** From which day, how long, until when, both layers where two run; then what that means for a repair now (S2-051, S4-050). */
export function answerEffects(data: WarrantyData): readonly Effect[] {
  const { found } = data;
  if (found?.kind === 'recalled') return recalled(found);
  if (found?.kind !== 'answer' && found?.kind !== 'undated') throw new Error('invariant: an answer is told when it was found');
  const { repair } = found;
  return [
    ...(repair?.same === true ? [ofRepair(repair, found)] : []),
    ofProduct(found),
    ...(repair?.same === false ? [ofRepair(repair, found)] : []),
    meaning(data, found),
  ];
}

/** Staff hear of it at once: the customer may leave it at that (S0-018). */
function recalled({ appliance, code, stopUse }: Extract<WarrantyAnswer, { kind: 'recalled' }>): readonly Effect[] {
  const facts = { appliances: { as: 'appliances', value: [appliance] }, code: { as: 'text', value: code } } as const;
  const told: Effect = { kind: 'tell-staff', reason: 'recall', ticketId: null, onceKey: null };
  return [told, say(stopUse ? 'warranty.recalled.stop' : 'warranty.recalled', facts)];
}

function ofProduct(found: Told): Effect {
  const appliances = { as: 'appliances', value: [found.appliance] } as const;
  if (found.kind === 'undated') return say('warranty.undated', { appliances, period: { as: 'months', value: found.months } });
  const { layers, since } = found;
  const facts = { bought: { as: 'purchase', value: since }, layers: { as: 'layers', value: layers, exact: since.length > 7 } } as const;
  return found.countedFrom === 'word' ? say('warranty.word', facts) : say(`warranty.${found.countedFrom}`, { appliances, ...facts });
}

function ofRepair({ prior, lastDay, same }: RepairLayer, { repairDays }: Told): Effect {
  return say(same ? 'warranty.repair.same' : 'warranty.repair.other', {
    day: { as: 'day-of', value: prior.completedAt },
    numbers: { as: 'numbers', value: [prior.ticketNumber] },
    count: { as: 'number', value: repairDays },
    last: { as: 'day', value: lastDay },
  });
}

function meaning(data: WarrantyData, found: Told): Effect {
  const verdict = verdictOf(data);
  const yuan = { as: 'number', value: found.visitFeeYuan } as const;
  switch (verdict) {
    case 'same-fault':
      return say('warranty.same-fault');
    case 'covered':
      return say(data.fault === null ? 'warranty.covered' : 'warranty.covered.fault');
    case 'undated':
      return say('warranty.unsure', { yuan });
    case 'expired':
      return expired(found, { yuan, count: { as: 'number', value: found.repairDays } });
    case 'excluded': {
      const { exclusion } = data;
      if (exclusion === null || exclusion === 'none') throw new Error('invariant: something takes the fault out of cover');
      return say('warranty.excluded', { exclusion: { as: 'exclusion', value: exclusion }, yuan });
    }
    case 'recalled':
    case null:
      throw new Error('invariant: what was found comes to something');
  }
}

function expired({ rangeYuan }: WarrantyFee, facts: ReplyData): Effect {
  if (rangeYuan === null) return say('warranty.expired', facts);
  const range = { lowest: { as: 'number', value: rangeYuan.fromYuan }, highest: { as: 'number', value: rangeYuan.toYuan } } as const;
  return say('warranty.expired.range', { ...facts, ...range });
}

/** A booking that knows all of this already, so that its price is the one that was told. */
export function bookingEffects(data: WarrantyData): readonly Effect[] {
  const { appliance, errorCode, faults, text } = reportOf(data);
  const reports = [{ appliance, faults, text: data.fault === null ? null : text, errorCode }];
  return [{ kind: 'start', flow: 'repair-booking', answers: { ...factsOf(data), reports }, text: '' }];
}

/** The booking below is of the same product: it takes over which one it is and what covers it. */
export function belowEffects(data: WarrantyData): readonly Effect[] {
  return data.found?.kind === 'answer' ? [{ kind: 'tell-below', answers: factsOf(data) }] : [];
}

function factsOf(data: WarrantyData): Answers {
  const { model, serial } = reportOf(data);
  const { found, purchasedOn, hasProof, exclusion, brand, product, phone } = data;
  // Of several on record only its day tells which one is meant.
  const since = product?.purchasedOn ?? (found?.kind === 'answer' && found.countedFrom === 'proof' ? found.since : purchasedOn);
  return { ...NOTHING_SAID, model, serial, phone, brand, purchasedOn: since, hasProof, exclusion };
}

/** The customer does not accept the answer: a person looks at it again and calls, with all that was told (S2-052). */
export function appealEffects(data: WarrantyData, numbered: Numbered): readonly Effect[] {
  const { phone } = data;
  return [
    ...ticketEffects(data, numbered, 'warranty', `warranty-${verdictOf(data) ?? 'unknown'}`),
    say(phone === null ? 'warranty.appealed.chat' : 'warranty.appealed', promised(numbered)),
  ];
}

/** Nobody here knows it: a person answers, never a guess (S2-050). In the middle of another dialog that one goes on meanwhile. */
export function enquiryEffects(data: WarrantyData, numbered: Numbered): readonly Effect[] {
  const why = data.found?.kind === 'unknown-product' ? data.found.why : 'no-terms';
  const { serial, aside } = data;
  const named =
    why === 'serial'
      ? ({ serial: { as: 'text', value: serial ?? '' } } as const)
      : ({ appliances: { as: 'appliances', value: [reportOf(data).appliance] } } as const);
  return [
    ...ticketEffects(data, numbered, 'enquiry', `warranty-${why}`),
    say(`warranty.enquiry.${why}`, { ...named, ...promised(numbered) }),
    ...(aside ? [] : [{ kind: 'hand-off', reason: 'warranty-unknown', first: 'handoff.warranty', phone: null, waits: false } as const]),
  ];
}

function ticketEffects(data: WarrantyData, numbered: Numbered, kind: 'warranty' | 'enquiry', note: string): readonly Effect[] {
  const { phone, photos, found } = data;
  const [first] = numbered.tickets;
  if (first === undefined) throw new Error('invariant: a ticket needs a number');
  const ticket = {
    ...first,
    kind,
    status: 'open',
    priority: 'normal',
    report: reportOf(data),
    note,
    relatedTo: null,
    dueAt: numbered.callBackBy,
    priceVersion: found !== null && 'priceVersion' in found ? found.priceVersion : null,
    cover: null,
  } as const;
  return [
    {
      kind: 'open-tickets',
      tickets: [ticket],
      customer: { name: null, phone },
      address: null,
      area: { province: null, city: null, district: null },
      contact: null,
    },
    ...(photos.length === 0 ? [] : [{ kind: 'attach', attachmentIds: photos, ticketId: null } as const]),
    { kind: 'contact-task', reason: note, dueAt: numbered.callBackBy, ticketId: null, onceKey: null },
  ];
}

function promised({ tickets, callBackBy, now }: Numbered): ReplyData {
  return {
    numbers: { as: 'numbers', value: tickets.map((it) => it.number) },
    by: { as: 'moment', value: callBackBy, now },
  };
}

function reportOf(data: WarrantyData): ReportedFault {
  const { fault, found, product, serial } = data;
  const model = found !== null && 'model' in found ? found.model : null;
  return {
    appliance: subjectAppliance(data) ?? 'other',
    faults: fault?.faults ?? [],
    text: fault?.text ?? '',
    model: model ?? product?.model ?? data.model,
    serial,
    errorCode: fault?.errorCode ?? null,
  };
}
