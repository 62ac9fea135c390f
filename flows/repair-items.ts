/** The appliances of a repair with their faults, and how a message changes them: which fault is whose, what is put right. */
import type { Answers, FaultReport } from './dialog-event.ts';
import type { ReportedFault } from './effect.ts';
import { isSame } from './same.ts';

/** An appliance with its fault; `text` null until the customer has described one. */
export type RepairItem = Omit<ReportedFault, 'text'> & { readonly text: string | null };

export type Unplaced = Pick<RepairItem, 'faults' | 'text' | 'errorCode'>;

/** Of one appliance, all that was said of it together. */
const FAULT_TEXT_MAX = 800;

type Items = { readonly items: readonly RepairItem[]; readonly unplaced: Unplaced | null; readonly itemsMax: number };

/** `asked` is the slot that was asked. */
export function mergedItems(before: Items, answers: Answers, text: string, asked: string): Omit<Items, 'itemsMax'> {
  let { items, unplaced } = before;
  for (const report of answers.reports) {
    if (report.appliance === null && items.length === 0) unplaced = unplacedOf(report) ?? unplaced;
    items = withReport(items, report, answers, before.itemsMax);
  }
  if (unplaced !== null && items.length > 0) {
    const told = unplaced;
    items = items.map((item) => (needsFault(item) ? toldBefore(item, told) : item));
    unplaced = null;
  }
  const nothingNew = isSame(items, before.items);
  // Whatever is said when the fault is asked for is the fault, in the customer's own words (S2-006).
  if (asked === 'fault' && nothingNew && answers.reports.every((it) => it.appliance === null) && saysSomething(text, answers)) {
    items = items.map((item) => (needsFault(item) ? { ...item, text, faults: item.faults } : item));
  }
  return { items: withModel(items, answers), unplaced };
}

export function needsFault(item: RepairItem): boolean {
  return item.text === null;
}

function unplacedOf({ faults, text, errorCode }: FaultReport): Unplaced | null {
  return text === null && errorCode === null ? null : { faults, text, errorCode };
}

/** What was said before the appliance was named, where nothing newer is known. */
function toldBefore(item: RepairItem, { faults, text, errorCode }: Unplaced): RepairItem {
  return { ...item, faults: item.faults.length > 0 ? item.faults : faults, text, errorCode: item.errorCode ?? errorCode };
}

/** The model goes to the appliance named with it, to the only one, or to the first without. */
function withModel(items: readonly RepairItem[], { model, serial, reports }: Answers): readonly RepairItem[] {
  if (items.some((item) => (model === null || item.model === model) && (serial === null || item.serial === serial))) return items;
  const named = items.filter((item) => reports.some((it) => it.appliance === item.appliance));
  const [only, ...others] = named.length > 0 ? named : items;
  const target = others.length === 0 ? only : items.find((item) => item.model === null);
  if (target === undefined) return items;
  return items.map((item) => (item === target ? { ...item, model: model ?? item.model, serial: serial ?? item.serial } : item));
}

/** A description is words: two different characters of Chinese, or two words of another script. */
function saysSomething(text: string, answers: Answers): boolean {
  const another = answers.phone ?? answers.address ?? answers.model ?? answers.name;
  const han = new Set(text.match(/\p{Script=Han}/gu) ?? []).size;
  const words = (text.match(/[\p{L}\p{N}]+/gu) ?? []).length;
  return another === null && answers.wishes.length === 0 && (han >= 2 || (han === 0 && words >= 2));
}

function withReport(items: readonly RepairItem[], report: FaultReport, answers: Answers, itemsMax: number): readonly RepairItem[] {
  const described = (item: RepairItem): RepairItem => (answers.corrects || needsFault(item) ? replaced(item, report) : added(item, report));
  const { appliance } = report;
  if (appliance === null) {
    const target = items.find(needsFault) ?? (answers.corrects || items.length === 1 ? items[0] : undefined);
    if (target === undefined || (report.text === null && report.errorCode === null)) return items;
    return items.map((item) => (item === target || needsFault(item) ? described(item) : item));
  }
  const known = items.find((item) => item.appliance === appliance);
  if (known) {
    if (report.text === null && report.faults.length === 0 && report.errorCode === null) return items;
    return items.map((item) => (item === known ? described(item) : item));
  }
  const fresh = replaced({ appliance, faults: [], text: null, model: null, serial: null, errorCode: null }, report);
  if (answers.corrects && items.length > 0) {
    const last = items.at(-1) as RepairItem;
    const kept: RepairItem = fresh.text === null ? { ...fresh, faults: last.faults, text: last.text } : fresh;
    return [...items.slice(0, -1), kept];
  }
  return items.length < itemsMax ? [...items, fresh] : items;
}

function replaced(item: RepairItem, { faults, text, errorCode }: FaultReport): RepairItem {
  return { ...item, faults: faults.length > 0 ? faults : item.faults, text: text ?? item.text, errorCode: errorCode ?? item.errorCode };
}

/** 对了,还漏水: one more fault of the same appliance, unless it was told before in other words. */
function added(item: RepairItem, { faults, text, errorCode }: FaultReport): RepairItem {
  const before = item.text ?? '';
  const more = faults.filter((it) => !item.faults.includes(it));
  const isTold = text === null || before.includes(text) || (faults.length > 0 && more.length === 0);
  const both = isTold || before.length + text.length > FAULT_TEXT_MAX ? before : `${before}\uFF0C${text}`;
  return { ...item, faults: [...item.faults, ...more], text: both, errorCode: errorCode ?? item.errorCode };
}
