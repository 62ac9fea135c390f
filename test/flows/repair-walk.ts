/** What customers and look-ups can say in a repair booking, for `walk.ts`. */
import type { Answers, DialogEvent, OfferedWindows, WishedEngineer } from '../../flows/dialog-event.ts';
import type { FormContext } from '../../flows/form.ts';
import { repairBooking } from '../../flows/repair-booking.ts';
import { emptyRepair, mergeAnswers, type RepairData } from '../../flows/repair-booking-data.ts';
import type { AreaMatch } from '../../src/domain/service-area.ts';
import { address, answers, HOME, id, NOW, OTHER_PHONE, PHONE, report, SAID_IN_ANY, says, windowOn, wishFor } from './answers.ts';
import { type EdgeOf, type SnapshotOf, walkerOf } from './walk.ts';

export type Snapshot = SnapshotOf<RepairData>;
export type Edge = EdgeOf<RepairData>;

const ENGINEER = { id: id('engineer'), name: '李建国', phone: '+8619900010001' };
const HELD = { appointmentId: id('held'), engineer: ENGINEER, window: windowOn(21, 8) };
const TICKETS = [
  { id: id('ticket-1'), number: 'BX-20261120-0001' },
  { id: id('ticket-2'), number: 'BX-20261120-0002' },
];
const RECORD = { name: '王女士', phone: PHONE, models: [{ appliance: 'tv', model: '55E3F' }] };

/** What customers say to each question; every guard of the machine is reached by one of them. */
const SAID: Readonly<Record<string, readonly DialogEvent[]>> = {
  appliance: [
    says({ reports: [report('air_conditioner', '不制冷', ['not_cooling'])] }, '空调不制冷'),
    says({ reports: [report('rice_cooker')] }, '电饭煲'),
    says({ reports: [report('other', '不转了')] }, '跑步机不转了'),
    says({ reports: [report(null, '不转了')] }, '不转了'),
  ],
  fault: [says({}, '嗡嗡响个不停')],
  serviceMode: [says({ serviceMode: 'on-site' }), says({ serviceMode: 'store' })],
  address: [
    says({ address: HOME }),
    says({ address: address({ district: '朝阳区', detail: '望京' }) }),
    says({ address: address({ city: '天津市' }) }),
  ],
  phone: [says({ phone: PHONE })],
  name: [says({ name: '王女士' })],
  model: [says({ model: 'KFR-35GW' })],
  window: [
    says({ wishes: [wishFor('2026-11-21', 'afternoon')] }),
    says({ wishes: [{ ...wishFor('2026-11-21'), dateFrom: null, dateTo: null, flag: 'anytime' }] }, '都行,你们安排'),
  ],
  confirm: [
    says({ reports: [report('fridge')], corrects: true }, '不对,是冰箱'),
    says({ wishes: [wishFor('2026-11-22')] }),
    says({ phone: OTHER_PHONE }),
  ],
};

const AREAS: readonly AreaMatch[] = [
  { kind: 'served', province: '北京市', city: '北京市', district: '朝阳区' },
  { kind: 'which-city', candidates: ['北京市'] },
  { kind: 'which-city', candidates: ['北京市', '长春市'] },
  // 北京南山区: one of the two is a slip of the tongue.
  { kind: 'which-city', candidates: ['深圳市'] },
  { kind: 'which-district', city: '北京市' },
  { kind: 'outside', place: '天津市' },
  { kind: 'unknown' },
];

const OFFERS: readonly OfferedWindows[] = [
  { kind: 'exact', window: windowOn(21, 14) },
  { kind: 'offer', windows: [windowOn(21, 14), windowOn(21, 16)] },
  { kind: 'offer', windows: [windowOn(21, 14)] },
  { kind: 'nearest', windows: [windowOn(21, 14), windowOn(22, 8)], reason: 'full' },
  { kind: 'earliest', window: windowOn(21, 8), fromWished: windowOn(20, 14).from, toWished: windowOn(20, 18).to, reason: 'full' },
  { kind: 'none' },
];

const WISHED: readonly (WishedEngineer | null)[] = [null, { kind: 'full', name: '李建国' }];

/** What every look-up may answer. */
function lookedUp(place: string, { data }: FormContext<RepairData>): readonly DialogEvent[] {
  const tickets = TICKETS.slice(0, Math.max(1, data.items.length));
  switch (place) {
    case 'readingRecord':
      return [
        { type: 'RECORD_FOUND', record: null },
        {
          type: 'RECORD_FOUND',
          record: { ...RECORD, address: { province: '北京市', city: '北京市', district: '朝阳区', detail: '建国路88号' } },
        },
      ];
    case 'checkingArea':
      return AREAS.filter((it) => isPossible(it, data)).map((area) => ({ type: 'AREA_FOUND', area, callBackBy: NOW, now: NOW }));
    case 'readingCover':
      return [{ type: 'COVER_FOUND', covers: data.items.map(() => ({ kind: 'unknown', visitFeeYuan: 30, priceVersion: 'v1' })) }];
    case 'findingWindows':
      return WISHED.flatMap((wished) => OFFERS.map((offer) => ({ type: 'WINDOWS_FOUND', offer, wished })));
    case 'holdingWindow':
      return [{ type: 'WINDOW_HELD', held: HELD }, ...taken()];
    case 'reserving':
      return [
        {
          type: 'WINDOW_RESERVED',
          appointmentId: data.held?.appointmentId ?? id('new'),
          engineer: ENGINEER,
          fromHold: data.held !== null,
          promiseKept: data.held === null,
          tickets,
        },
        ...taken(),
      ];
    case 'findingShops':
      return [
        { type: 'SHOPS_FOUND', shops: [] },
        { type: 'SHOPS_FOUND', shops: [{ name: '望京店', address: '阜通东大街1号', opens: '09:00', closes: '18:00' }] },
      ];
    default:
      return [{ type: 'NUMBERS_TAKEN', tickets, callBackBy: NOW, now: NOW }];
  }
}

/** A city is asked for when none was named, or another than the one that was. */
function isPossible(area: AreaMatch, { address: said }: RepairData): boolean {
  if (area.kind !== 'which-city') return true;
  return said.city === null
    ? area.candidates.includes('北京市')
    : !area.candidates.includes('北京市') && !area.candidates.includes(said.city);
}

function taken(): readonly DialogEvent[] {
  return [
    { type: 'WINDOW_TAKEN', nearest: [windowOn(22, 8)] },
    { type: 'WINDOW_TAKEN', nearest: [] },
  ];
}

/** The turn hands a tapped fault over with its label as the customer's words. */
export function tapped(means: DialogEvent): DialogEvent {
  if (means.type !== 'ANSWERED') return means;
  const reports = means.answers.reports.map((it) => ({ ...it, text: it.faults.length > 0 ? '不制冷' : null }));
  return { ...means, text: '不制冷', answers: { ...means.answers, reports } };
}

/** Place, what is known, and the counters that guards look at. After a miss only what the question hangs on is told apart. */
function sameness(snapshot: Snapshot): string {
  const { data, misses, trail } = snapshot.context;
  const { record, items, area, choice } = data;
  const asked = [
    snapshot.value,
    misses,
    area?.kind === 'which-city' ? area.candidates.length : area?.kind,
    choice.kind === 'offered' ? [choice.offer.kind, choice.offer.kind === 'offer' && choice.offer.windows.length > 1] : choice.kind,
    data.held !== null,
    items.some((it) => it.appliance === 'rice_cooker'),
  ];
  if (misses > 0) return JSON.stringify([...asked, trail.length > 0]);
  return JSON.stringify([
    ...asked,
    trail.at(-1) ?? '',
    record.kind === 'read' ? [record.customer !== null, record.offer === 'open'] : 'unread',
    items.map((it) => [it.appliance === 'other', it.text !== null, it.model !== null]),
    data.unplaced !== null,
    data.serviceMode === 'store',
    [data.address.city, data.address.detail, data.phone, data.covers, data.window, data.name].map((it) => it !== null),
    data.modelAsked,
  ]);
}

/** What the customer has said before the dialog begins: nothing, much, everything; so that any question may be the first. */
export const BEGINNINGS: readonly RepairData[] = [
  emptyRepair(3),
  begunWith({ reports: [report('air_conditioner')] }),
  begunWith({ reports: [report('fan', '不转了')] }),
  begunWith({ reports: [report('fridge', '不制冷')], wishes: [wishFor('2026-11-21')] }),
  begunWith({ reports: [report('fridge', '不制冷'), report('washer', '漏水')], address: HOME }),
  begunWith({ reports: [report('fridge', '不制冷')], address: HOME, phone: PHONE }),
  begunWith({ reports: [report('fridge', '不制冷')], address: HOME, phone: PHONE, name: '王女士' }),
  begunWith({ reports: [report('fridge', '不制冷')], address: HOME, phone: PHONE, name: '王女士', model: 'BCD-470' }),
  begunWith({ reports: [report('fan', '不转了')], serviceMode: 'store', address: HOME, phone: PHONE, name: '王女士', model: 'F1' }),
];

function begunWith(said: Partial<Answers>): RepairData {
  return mergeAnswers(emptyRepair(3), answers(said), '', '');
}

/** What can be said at any question; a place off a map is taken back wherever it is shown. */
const ANYTIME: readonly DialogEvent[] = [...SAID_IN_ANY, { type: 'ANOTHER_ADDRESS_WANTED' }];

const walker = walkerOf<RepairData>({ machine: repairBooking, said: SAID, anytime: ANYTIME, lookedUp, sameness, tapped });

export const { placeOf, openQuestion, takenBy, allTransitions, allPlaces } = walker;

/** The first step and all that follow, each once. */
export const walk = (beginnings: readonly RepairData[] = BEGINNINGS) => walker.walk(beginnings);
