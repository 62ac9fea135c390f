/** Which engineers may come: a wish for one, or against one, applied to those who can do the job. */
import type { WishedEngineer } from '../../flows/dialog-event.ts';
import type { EngineerCalendar } from '../domain/engineer.ts';
import type { EngineerWish } from '../domain/engineer-wish.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { KnownVisit } from '../domain/known-ticket.ts';

/** Whom `last` can mean: who came before, else who is booked. */
export type Before = { readonly engineers: readonly string[]; readonly visit: KnownVisit | null };

export type EngineerChoice = {
  readonly engineers: readonly EngineerCalendar[];
  /** The name to speak of, null when there is no wish that means anybody. */
  readonly wished: { readonly kind: 'want' | 'avoid'; readonly name: string; readonly found: boolean } | null;
};

/** The engineers the wish leaves; all of them when it means nobody here. */
export function engineersFor(wish: EngineerWish | null, engineers: readonly EngineerCalendar[], before: Before): EngineerChoice {
  if (wish === null) return { engineers, wished: null };
  const meant = meantBy(wish, engineers, before);
  const [first] = meant;
  if (first === undefined) {
    return {
      engineers,
      wished: wish.kind === 'want' && wish.whom.by === 'name' ? { kind: 'want', name: wish.whom.name, found: false } : null,
    };
  }
  const ids = new Set<Identifier>(meant.map((it) => it.id));
  return {
    engineers: engineers.filter((it) => ids.has(it.id) === (wish.kind === 'want')),
    wished: { kind: wish.kind, name: first.name, found: true },
  };
}

/** What to tell of the wish, now that it is known whether anybody it leaves is free. */
export function wishedEngineer({ wished }: EngineerChoice, isFree: boolean): WishedEngineer | null {
  if (wished === null) return null;
  const { name } = wished;
  if (!wished.found) return { kind: 'unknown', name };
  if (wished.kind === 'want') return { kind: isFree ? 'comes' : 'full', name };
  return { kind: isFree ? 'kept-away' : 'nobody-else', name };
}

/** 李师傅 is first of all the one who was here before. */
function meantBy({ whom }: EngineerWish, engineers: readonly EngineerCalendar[], before: Before): readonly EngineerCalendar[] {
  const known = before.visit === null ? before.engineers : [...before.engineers, before.visit.engineer.name];
  if (whom.by === 'name') {
    const named = engineers.filter((it) => it.name.startsWith(whom.name));
    const familiar = named.filter((it) => known.includes(it.name));
    return familiar.length > 0 ? familiar : named;
  }
  const last = before.engineers[0] ?? before.visit?.engineer.name;
  return engineers.filter((it) => it.name === last);
}
