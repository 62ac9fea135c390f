/** What a message answers, for the slots of a dialog: the entities, and which fault belongs to which appliance. */

import type { Answers, FaultReport } from '../../flows/dialog-event.ts';
import type { Appliance } from '../domain/appliance.ts';
import { hardshipOf } from '../domain/priority.ts';
import type { Understand, Understood } from '../understanding/understood.ts';

const CLAUSE_END = /[,。!?;,!?;\n]+/u;
const FAULT_TEXT_MAX = 400;
const ADDITION = /还有|另外|也(?:坏|不|漏|有)|顺便|加上|以及|同时|also|too\b/u;

/** Reads clauses anew, since a sentence's faults may belong to different appliances. */
export type ReadClause = (clause: string) => Understood;

export function answersOf(text: string, understood: Understood, readClause: ReadClause): Answers {
  const { entities, intent } = understood;
  const corrects = intent === 'correct';
  return {
    reports: reportsOf(text, understood, readClause, corrects),
    corrects,
    adds: ADDITION.test(text),
    serviceMode: entities.serviceMode,
    address: entities.address,
    phone: entities.phone,
    name: entities.name,
    model: entities.model,
    serial: entities.serial,
    contact: entities.onSiteContact,
    wishes: entities.visitWishes,
    hardship: hardshipOf(text),
  };
}

/** Whether the message states anything a slot may want. */
export function saysAnything(answers: Answers): boolean {
  const { reports, wishes, serviceMode, address, phone, name, model, serial, contact } = answers;
  return reports.length > 0 || wishes.length > 0 || [serviceMode, address, phone, name, model, serial, contact].some((it) => it !== null);
}

function reportsOf(text: string, understood: Understood, readClause: ReadClause, corrects: boolean): readonly FaultReport[] {
  const { appliances, faults, errorCode } = understood.entities;
  const clauses = text.split(CLAUSE_END).filter((it) => it.trim() !== '');
  const told = clauses.map((clause) => ({ clause: clause.trim(), read: readClause(clause).entities }));
  const described = told.filter(({ read }) => read.faults.some((it) => it !== 'other') || read.errorCode !== null);
  const words = (of: typeof told): string | null =>
    of.length === 0
      ? null
      : of
          .map((it) => it.clause)
          .join(',')
          .slice(0, FAULT_TEXT_MAX);
  const plain = faults.filter((it) => it !== 'other');

  if (appliances.length <= 1 || corrects) {
    const appliance = appliances[0] ?? null;
    const own = words(described) ?? (plain.length > 0 || errorCode !== null ? text.slice(0, FAULT_TEXT_MAX) : null);
    if (appliance === null && own === null) return [];
    return [{ appliance, faults: own === null ? [] : faults, text: own, errorCode }];
  }

  let speakingOf: readonly Appliance[] = appliances;
  const clausesOf = new Map<Appliance, typeof told>(appliances.map((it) => [it, []]));
  for (const clause of told) {
    const named = clause.read.appliances.filter((it) => appliances.includes(it));
    if (named.length > 0) speakingOf = named;
    if (described.includes(clause)) for (const appliance of speakingOf) clausesOf.get(appliance)?.push(clause);
  }
  return appliances.map((appliance) => {
    const own = clausesOf.get(appliance) ?? [];
    return {
      appliance,
      faults: own.flatMap((it) => it.read.faults),
      text: words(own),
      errorCode: own.find((it) => it.read.errorCode !== null)?.read.errorCode ?? null,
    };
  });
}

/** A clause reader over `understand`, for one moment. */
export function clauseReader(understand: Understand, about: { readonly now: number; readonly timeZone: string }): ReadClause {
  return (clause) => understand(clause, { ...about, expects: null });
}
