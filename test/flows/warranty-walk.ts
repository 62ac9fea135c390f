/** What customers and look-ups can say in a warranty look-up, for `walk.ts`, and the products they speak of. */
import type { CustomerEvent, DialogEvent } from '../../flows/dialog-event.ts';
import { warrantyLookup } from '../../flows/warranty-lookup.ts';
import { candidates, NOTHING_ASKED, verdictOf, type WarrantyData } from '../../flows/warranty-lookup-data.ts';
import { beginWarranty } from '../../flows/warranty-lookup-stored.ts';
import type { Serial } from '../../src/domain/contact.ts';
import { HOUR, instantOf, type LocalDay } from '../../src/domain/instant.ts';
import type { PriorRepair, ProductOnRecord } from '../../src/domain/terms.ts';
import type { ProductLayer, WarrantyAnswer } from '../../src/domain/warranty.ts';
import { answers, id, NOW, PHONE, report, SAID_IN_ANY, says } from './answers.ts';
import { type EdgeOf, walkerOf } from './walk.ts';

export type WarrantyEdge = EdgeOf<WarrantyData>;

const SERIAL = 'DEMO2026IN0001' as Serial;
/** A letter where a digit belongs. */
const MISTYPED = 'DEMO2O26IN0001' as Serial;

const day = (text: string) => text as LocalDay;

const FRIDGE: ProductOnRecord = {
  appliance: 'fridge',
  brand: '海尔',
  model: 'BCD-470',
  purchasedOn: day('2026-03-18'),
  producedOn: day('2026-01-18'),
};
const OLD_FRIDGE: ProductOnRecord = { ...FRIDGE, model: 'BCD-216', purchasedOn: day('2020-03-18') };
const UNDATED_TV: ProductOnRecord = { ...FRIDGE, appliance: 'tv', model: '65A5', purchasedOn: null };

const OWN: readonly (readonly ProductOnRecord[])[] = [[], [FRIDGE], [FRIDGE, OLD_FRIDGE, UNDATED_TV]];

const HOLDS: ProductLayer = { kind: 'product', months: 12, lastDay: day('2027-03-17'), holds: true };
const OVER: ProductLayer = { kind: 'product', months: 12, lastDay: day('2021-03-17'), holds: false };

const PRIOR: PriorRepair = {
  ticketId: id('ticket-before'),
  ticketNumber: 'BX-20261101-0001',
  appliance: 'fridge',
  faults: ['not_cooling'],
  completedAt: instantOf(NOW - 240 * HOUR),
  engineerName: '李建国',
};

const FACTS = {
  appliance: 'fridge',
  model: 'BCD-470',
  repair: null,
  repairDays: 90,
  visitFeeYuan: 30,
  rangeYuan: { fromYuan: 150, toYuan: 680 },
  priceVersion: 'prices-1',
} as const;

const answered = (layers: readonly ProductLayer[], more: Partial<Extract<WarrantyAnswer, { kind: 'answer' }>> = {}): WarrantyAnswer => ({
  kind: 'answer',
  since: '2026-03-18',
  countedFrom: 'record',
  layers,
  ...FACTS,
  ...more,
});

const RECALLED: WarrantyAnswer = { kind: 'recalled', appliance: 'fridge', model: 'BCD-470', code: 'ZH-7', stopUse: true };

/** What may be found: always what fits the question, as the domain would. */
function foundFor({ serial, product, purchasedOn, dateLost, hasProof, fault }: WarrantyData): readonly WarrantyAnswer[] {
  if (serial === MISTYPED) return [{ kind: 'unknown-product', why: 'serial' }];
  const repaired = { prior: PRIOR, lastDay: day('2027-01-30'), same: fault !== null };
  if (product?.purchasedOn != null && purchasedOn === null)
    return [answered([HOLDS]), answered([OVER]), answered([OVER], { repair: repaired }), RECALLED];
  const needs = (what: 'date' | 'day' | 'proof') => ({ kind: 'needs', what, appliance: 'fridge' }) as const;
  if (purchasedOn === null && dateLost) return [{ kind: 'undated', months: 12, ...FACTS }];
  if (purchasedOn === null && serial === null && product === null) return [needs('date'), { kind: 'unknown-product', why: 'no-terms' }];
  if (purchasedOn === null && hasProof === true) return [needs('date')];
  if (purchasedOn?.length === 7 && !dateLost) return [needs('day')];
  if (hasProof === null)
    return [needs('proof'), ...(serial === null ? [] : [answered([HOLDS]), { kind: 'unknown-product', why: 'serial' } as const])];
  if (hasProof)
    return [
      answered([HOLDS], { countedFrom: 'proof' }),
      answered([{ ...HOLDS, kind: 'maker', months: 72 }, OVER], { countedFrom: 'proof' }),
    ];
  return [answered([HOLDS], { countedFrom: 'word' }), answered([OVER], { countedFrom: 'production', rangeYuan: null })];
}

const lookedUp = (place: string, { data }: { readonly data: WarrantyData }): readonly DialogEvent[] => {
  switch (place) {
    case 'findingProducts':
    case 'turningToNext':
      return OWN.map((products) => ({ type: 'PRODUCTS_FOUND', products }));
    case 'lookingUp':
      return foundFor(data).map((answer) => ({ type: 'WARRANTY_FOUND', answer, now: NOW }));
    case 'readingRecord':
      return [
        { type: 'RECORD_FOUND', record: null },
        { type: 'RECORD_FOUND', record: { name: null, phone: PHONE, address: null, models: [] } },
      ];
    case 'takingAppealNumber':
    case 'takingEnquiryNumber':
      return [
        {
          type: 'NUMBERS_TAKEN',
          tickets: [{ id: id('ticket-new'), number: 'BX-20261120-0001' }],
          callBackBy: instantOf(NOW + 2 * HOUR),
          now: NOW,
        },
      ];
    default:
      throw new Error(`no answer for ${place}`);
  }
};

const PHOTO = id('photo-1');

const ANYTIME: readonly CustomerEvent[] = [
  ...SAID_IN_ANY,
  { type: 'PHOTOS_SENT', attachmentIds: [PHOTO] },
  { type: 'PRODUCT_CHOSEN', product: OLD_FRIDGE },
  { type: 'PRODUCT_CHOSEN', product: { ...FRIDGE, model: 'of somebody else' } },
];

const SAID: Readonly<Record<string, readonly DialogEvent[]>> = {
  serial: [
    says({ serial: SERIAL }),
    says({ serial: MISTYPED }),
    says({ reports: [report('fridge')] }),
    says({ purchasedOn: '2026-03-18' }),
  ],
  appliance: [says({ reports: [report('fridge')] }), says({ serial: SERIAL })],
  purchasedOn: [says({ purchasedOn: '2026-03-18' }), says({ purchasedOn: '2025-11' }), says({ purchasedOn: '2026-11-18' }, '18号')],
  proof: [says({ hasProof: true }), says({ hasProof: false })],
  exclusion: [says({ exclusion: 'misuse' }), says({ exclusion: 'none' })],
  phone: [says({ phone: PHONE })],
  next: [
    { type: 'NEXT_CHOSEN', next: 'book' },
    { type: 'NEXT_CHOSEN', next: 'appeal' },
    { type: 'NEXT_CHOSEN', next: 'nothing' },
    says({ reports: [report(null, '不制冷', ['not_cooling'])] }),
    says({ exclusion: 'self-dismantled' }),
  ],
};

/** Once it is answered, only what the answer came to tells two look-ups apart; before that, what is known of the product. */
function knownOf(data: WarrantyData): readonly unknown[] {
  const { found, exclusion, product } = data;
  const told = [data.fault !== null, data.aside, data.others.length];
  if (found?.kind === 'answer' || found?.kind === 'undated' || found?.kind === 'recalled')
    return [verdictOf(data), ...told, exclusion === null, data.photos.length, data.appeals, data.phone !== null, data.phoneRefused];
  const way = data.serialLost ? 'lost' : data.noneOfThem ? 'none of them' : candidates(data).length > 0;
  return [
    ...told,
    product === null ? [data.serial ?? way, data.serialInDoubt !== null, data.products === null, data.appliance] : product.purchasedOn,
    [data.purchasedOn?.length, data.dateLost, data.hasProof],
    found?.kind === 'needs' ? found.what : found?.kind,
  ];
}

export const warrantyWalker = walkerOf<WarrantyData>({
  machine: warrantyLookup,
  said: SAID,
  anytime: ANYTIME,
  lookedUp,
  tapped: (means) => means,
  sameness: ({ value, status, context: { data, misses, trail } }) =>
    status === 'done' ? JSON.stringify(value) : JSON.stringify([value, misses, trail.length > 0, knownOf(data)]),
});

const BELOW = { appliance: 'fridge', faults: ['not_cooling'], phone: PHONE, address: null, ticket: null } as const;

const begun = (said: Parameters<typeof answers>[0], below: typeof BELOW | null = null): WarrantyData =>
  beginWarranty({ answers: answers(said), text: '', below });

/** What the customer has said before the dialog begins. */
export const WARRANTY_BEGINNINGS: readonly WarrantyData[] = [
  NOTHING_ASKED,
  begun({ serial: SERIAL, reports: [report('fridge', '不制冷', ['not_cooling'])] }),
  begun({ reports: [report('fridge')], purchasedOn: '2025-11' }),
  begun({ reports: [report('other')] }),
  begun({ reports: [report('fridge'), report('tv')] }),
  begun({ serial: SERIAL }, BELOW),
  begun({}, BELOW),
];
