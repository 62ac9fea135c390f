/**
 * Every way through the repair booking: from each state, every message a customer could send there and every answer a
 * look-up could give. States count as the same when they are in the same place, know the same things and have missed as often.
 */
import { type AnyMachineSnapshot, type AnyStateNode, getMicrosteps, initialTransition, transition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import type { Answers, CustomerEvent, DialogEvent, OfferedWindows } from '../../flows/dialog-event.ts';
import type { Effect, Question } from '../../flows/effect.ts';
import type { FormContext } from '../../flows/form.ts';
import { repairBooking } from '../../flows/repair-booking.ts';
import { emptyRepair, mergeAnswers, type RepairData } from '../../flows/repair-booking-data.ts';
import type { AreaMatch } from '../../src/domain/service-area.ts';
import { address, answers, HOME, id, NOW, OTHER_PHONE, PHONE, report, says, windowOn, wishFor } from './answers.ts';

export type Snapshot = Pick<AnyMachineSnapshot, 'value' | 'status'> & { readonly context: FormContext<RepairData> };

/** One step: where it began, what happened, what it asked for, where it ended. */
export type Edge = {
  readonly before: Snapshot;
  readonly event: DialogEvent;
  readonly after: Snapshot;
  readonly effects: readonly Effect[];
};

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

/** What can be said at any question. */
const ANYTIME: readonly CustomerEvent[] = [
  says({}, '?'),
  { type: 'AFFIRMED' },
  { type: 'DENIED' },
  { type: 'SKIPPED' },
  { type: 'WENT_BACK' },
  { type: 'REPEAT_ASKED' },
  { type: 'RESUMED' },
  { type: 'RESTARTED' },
  { type: 'CANCELLED' },
  { type: 'NOT_UNDERSTOOD' },
];

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

/** What every look-up may answer. */
function lookedUp(place: string, data: RepairData): readonly DialogEvent[] {
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
      return OFFERS.map((offer) => ({ type: 'WINDOWS_FOUND', offer }));
    case 'holdingWindow':
      return [{ type: 'WINDOW_HELD', held: HELD }, ...taken()];
    case 'reserving':
      return [
        {
          type: 'WINDOW_RESERVED',
          appointmentId: data.held?.appointmentId ?? id('new'),
          engineer: ENGINEER,
          fromHold: data.held !== null,
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

export function placeOf(snapshot: Snapshot): string {
  const { value } = snapshot;
  return typeof value === 'string' ? value : Object.entries(value).flat().join('.');
}

/** The question that is open, found by having it put again; null while the dialog waits for a look-up or has ended. */
export function openQuestion(snapshot: Snapshot): Question | null {
  if (snapshot.status !== 'active') return null;
  return (
    effectsOf(transition(repairBooking, snapshot as AnyMachineSnapshot, { type: 'RESUMED' })[1]).find((it) => it.kind === 'ask')
      ?.question ?? null
  );
}

/** The turn hands a tapped fault over with its label as the customer's words. */
export function tapped(means: DialogEvent): DialogEvent {
  if (means.type !== 'ANSWERED') return means;
  const reports = means.answers.reports.map((it) => ({ ...it, text: it.faults.length > 0 ? '不制冷' : null }));
  return { ...means, text: '不制冷', answers: { ...means.answers, reports } };
}

function eventsIn(snapshot: Snapshot): readonly DialogEvent[] {
  if (snapshot.status !== 'active') return [];
  const question = openQuestion(snapshot);
  if (question === null) return lookedUp(placeOf(snapshot), snapshot.context.data);
  const buttons = question.choices.map((it) => tapped(it.means));
  return [...ANYTIME, ...(SAID[question.asking] ?? []), ...buttons];
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

export function effectsOf(actions: readonly { readonly type: string; readonly params?: unknown }[]): readonly Effect[] {
  return actions.filter((it) => it.type === 'effects').flatMap((it) => it.params as readonly Effect[]);
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

/** The first step and all that follow, each once. */
export function walk(beginnings: readonly RepairData[] = BEGINNINGS): {
  readonly first: readonly Snapshot[];
  readonly edges: readonly Edge[];
} {
  const seen = new Set<string>();
  const edges = beginnings.flatMap((data) => {
    const map = getAdjacencyMap(repairBooking, {
      input: { data },
      events: (state) => (isNew(seen, state as Snapshot) ? (eventsIn(state as Snapshot) as never) : []),
      serializeState: (state) => sameness(state as Snapshot) as never,
    });
    const steps: readonly Visited[] = Object.values(map);
    return steps.flatMap(({ state, transitions }) => Object.values(transitions).map((it) => stepFrom(state as Snapshot, it.event)));
  });
  return { first: beginnings.map((data) => initialTransition(repairBooking, { data })[0] as Snapshot), edges };
}

type Visited = { readonly state: unknown; readonly transitions: Readonly<Record<string, { readonly event: unknown }>> };

/** A state that an earlier beginning has led to already is not walked again. */
function isNew(seen: Set<string>, state: Snapshot): boolean {
  const key = sameness(state);
  const fresh = !seen.has(key);
  seen.add(key);
  return fresh;
}

function stepFrom(before: Snapshot, event: unknown): Edge {
  const [after, actions] = transition(repairBooking, before as AnyMachineSnapshot, event as never);
  return { before, event: event as DialogEvent, after: after as Snapshot, effects: effectsOf(actions) };
}

/** The transitions an edge took, as `place EVENT#candidate`, the ones that need no event (`always`) among them. */
export function takenBy({ before, event }: Edge): readonly string[] {
  let at = before;
  let happened: DialogEvent | null = event;
  return getMicrosteps(repairBooking, before as AnyMachineSnapshot, event as never).flatMap(([next]) => {
    const name = `${placeOf(at)} ${happened === null ? 'always' : happened.type}#${candidateOf(at, happened)}`;
    at = next as Snapshot;
    happened = null;
    return [name];
  });
}

function candidateOf(at: Snapshot, event: DialogEvent | null): number {
  const nodes = nodesOf(at);
  if (event === null) {
    const always = nodes.flatMap((node) => node.always ?? []);
    return always.findIndex((it) => typeof it.guard !== 'function' || it.guard({ context: at.context, event: BOOT }, undefined));
  }
  const [chosen] = repairBooking.getTransitionData(at as AnyMachineSnapshot, event as never);
  return nodes.flatMap((node) => node.transitions.get(event.type) ?? []).indexOf(chosen as never);
}

const BOOT: DialogEvent = { type: 'RESUMED' };

/** The nodes a place is in, the innermost first. */
function nodesOf(at: Snapshot): readonly AnyStateNode[] {
  const path = placeOf(at).split('.');
  return [...path.keys(), path.length].map((depth) => nodeAt(path.slice(0, path.length - depth)));
}

function nodeAt(path: readonly string[]): AnyStateNode {
  return path.reduce<AnyStateNode>((node, name) => node.states[name] as AnyStateNode, repairBooking.root as AnyStateNode);
}

/** Every transition there is, by the same names: of a state its own, and the root's where a customer is asked. */
export function allTransitions(): readonly string[] {
  const root = repairBooking.root as AnyStateNode;
  const leaves = (node: AnyStateNode): readonly AnyStateNode[] => {
    const children = Object.values(node.states) as readonly AnyStateNode[];
    return children.length === 0 ? [node] : children.flatMap(leaves);
  };
  return leaves(root).flatMap((node) => {
    const place = node.path.join('.');
    const own = [...node.transitions].flatMap(([type, candidates]) => candidates.map((_, index) => `${place} ${type}#${index}`));
    const always = (node.always ?? []).map((_, index) => `${place} always#${index}`);
    const asks = node.transitions.has('RESUMED');
    const inherited = asks ? [...root.transitions.keys()].map((type) => `${place} ${type}#0`) : [];
    return [...own.filter((it) => !it.includes(' #')), ...always, ...inherited];
  });
}

/** Where a dialog may rest; `filling` is a crossroads it only passes. */
export function allPlaces(): readonly string[] {
  const ends = ['booked', 'shopArranged', 'enquiryOpened', 'cancelled', 'handedOff'];
  return [...new Set([...allTransitions().map((it) => it.split(' ')[0] as string), ...ends])].filter((it) => it !== 'filling');
}
