/**
 * Every way through a dialog: from each state, every message a customer could send there and every answer a look-up could
 * give. States count as the same when they are in the same place, know the same things and have missed as often.
 */
import { type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode, getMicrosteps, initialTransition, transition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import type { DialogEvent } from '../../flows/dialog-event.ts';
import type { Effect, Question } from '../../flows/effect.ts';
import type { FormContext } from '../../flows/form.ts';

export type SnapshotOf<Data> = Pick<AnyMachineSnapshot, 'value' | 'status'> & { readonly context: FormContext<Data> };

/** One step: where it began, what happened, what it asked for, where it ended. */
export type EdgeOf<Data> = {
  readonly before: SnapshotOf<Data>;
  readonly event: DialogEvent;
  readonly after: SnapshotOf<Data>;
  readonly effects: readonly Effect[];
};

export type WalkSpec<Data> = {
  readonly machine: AnyStateMachine;
  /** What customers say to each question; every guard of the machine is reached by one of them. */
  readonly said: Readonly<Record<string, readonly DialogEvent[]>>;
  /** What can be said at any question. */
  readonly anytime: readonly DialogEvent[];
  /** What every look-up may answer. */
  readonly lookedUp: (place: string, context: FormContext<Data>) => readonly DialogEvent[];
  /** Two states with the same text are walked once. */
  readonly sameness: (snapshot: SnapshotOf<Data>) => string;
  /** A button's meaning as the turn hands it over. */
  readonly tapped: (means: DialogEvent) => DialogEvent;
};

export type Walked<Data> = {
  /** The first step of each beginning, and what it asked for. */
  readonly first: readonly SnapshotOf<Data>[];
  readonly edges: readonly EdgeOf<Data>[];
};

type Visited = { readonly state: unknown; readonly transitions: Readonly<Record<string, { readonly event: unknown }>> };

const BOOT: DialogEvent = { type: 'RESUMED' };

export function placeOf({ value }: { readonly value: unknown }): string {
  return typeof value === 'string'
    ? value
    : Object.entries(value as object)
        .flat()
        .join('.');
}

export function effectsOf(actions: readonly { readonly type: string; readonly params?: unknown }[]): readonly Effect[] {
  return actions.filter((it) => it.type === 'effects').flatMap((it) => it.params as readonly Effect[]);
}

/** The effects of one kind. */
export function of<Kind extends Effect['kind'], Data>(edge: EdgeOf<Data>, kind: Kind): readonly Extract<Effect, { kind: Kind }>[] {
  return edge.effects.filter((it): it is Extract<Effect, { kind: Kind }> => it.kind === kind);
}

/** The first edges that break a rule, told so that one can follow them. */
export function breakingOf<Data>(edges: readonly EdgeOf<Data>[], rule: (edge: EdgeOf<Data>) => boolean): readonly string[] {
  return edges
    .filter((edge) => !rule(edge))
    .slice(0, 3)
    .map(
      (edge) =>
        `${placeOf(edge.before)} ${JSON.stringify(edge.event)} → ${placeOf(edge.after)}: ${edge.effects.map((it) => JSON.stringify(it)).join(' ')}`,
    );
}

export function walkerOf<Data>({ machine, said, anytime, lookedUp, sameness, tapped }: WalkSpec<Data>) {
  type Snapshot = SnapshotOf<Data>;
  type Edge = EdgeOf<Data>;

  /** The question that is open, found by having it put again; null while the dialog waits for a look-up or has ended. */
  function openQuestion(snapshot: Snapshot): Question | null {
    if (snapshot.status !== 'active') return null;
    const [, actions] = transition(machine, snapshot as AnyMachineSnapshot, { type: 'REPEAT_ASKED' });
    return effectsOf(actions).find((it) => it.kind === 'ask')?.question ?? null;
  }

  function eventsIn(snapshot: Snapshot): readonly DialogEvent[] {
    if (snapshot.status !== 'active') return [];
    const question = openQuestion(snapshot);
    if (question === null) return lookedUp(placeOf(snapshot), snapshot.context);
    return [...anytime, ...(said[question.asking] ?? []), ...question.choices.map((it) => tapped(it.means))];
  }

  function stepFrom(before: Snapshot, event: unknown): Edge {
    const [after, actions] = transition(machine, before as AnyMachineSnapshot, event as never);
    return { before, event: event as DialogEvent, after: after as Snapshot, effects: effectsOf(actions) };
  }

  /** A state that an earlier beginning has led to already is not walked again. */
  function isNew(seen: Set<string>, state: Snapshot): boolean {
    const key = sameness(state);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  }

  /** The first step and all that follow, each once. */
  function walk(beginnings: readonly Data[]): Walked<Data> {
    const seen = new Set<string>();
    const edges = beginnings.flatMap((data) => {
      const map = getAdjacencyMap(machine, {
        input: { data },
        events: (state) => (isNew(seen, state as Snapshot) ? (eventsIn(state as Snapshot) as never) : []),
        serializeState: (state) => sameness(state as Snapshot) as never,
      });
      const steps: readonly Visited[] = Object.values(map);
      return steps.flatMap(({ state, transitions }) => Object.values(transitions).map((it) => stepFrom(state as Snapshot, it.event)));
    });
    return { first: beginnings.map((data) => initialTransition(machine, { data })[0] as Snapshot), edges };
  }

  /** The transitions an edge took, as `place EVENT#candidate`, the ones that need no event (`always`) among them. */
  function takenBy({ before, event }: Edge): readonly string[] {
    let at = before;
    let happened: DialogEvent | null = event;
    return getMicrosteps(machine, before as AnyMachineSnapshot, event as never).flatMap(([next]) => {
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
    const [chosen] = machine.getTransitionData(at as AnyMachineSnapshot, event as never);
    return nodes.flatMap((node) => node.transitions.get(event.type) ?? []).indexOf(chosen as never);
  }

  /** The nodes a place is in, the innermost first. */
  function nodesOf(at: Snapshot): readonly AnyStateNode[] {
    const path = placeOf(at).split('.');
    return [...path.keys(), path.length].map((depth) => nodeAt(path.slice(0, path.length - depth)));
  }

  function nodeAt(path: readonly string[]): AnyStateNode {
    return path.reduce<AnyStateNode>((node, name) => node.states[name] as AnyStateNode, machine.root as AnyStateNode);
  }

  function leaves(node: AnyStateNode = machine.root as AnyStateNode): readonly AnyStateNode[] {
    const children = Object.values(node.states) as readonly AnyStateNode[];
    return children.length === 0 ? [node] : children.flatMap((it) => leaves(it));
  }

  /** Every transition there is, by the same names: of a state its own, and the root's where a customer is asked. */
  function allTransitions(): readonly string[] {
    const root = machine.root as AnyStateNode;
    return leaves().flatMap((node) => {
      const place = node.path.join('.');
      const own = [...node.transitions].flatMap(([type, candidates]) => candidates.map((_, index) => `${place} ${type}#${index}`));
      const always = (node.always ?? []).map((_, index) => `${place} always#${index}`);
      const asks = node.transitions.has('RESUMED');
      const inherited = asks ? [...root.transitions.keys()].map((type) => `${place} ${type}#0`) : [];
      return [...own.filter((it) => !it.includes(' #')), ...always, ...inherited];
    });
  }

  /** Where a dialog may rest; `filling` is a crossroads it only passes. */
  function allPlaces(): readonly string[] {
    return leaves()
      .map((node) => node.path.join('.'))
      .filter((it) => it !== 'filling');
  }

  /** The places where a dialog ends. */
  function finalPlaces(): readonly string[] {
    return leaves()
      .filter((node) => node.type === 'final')
      .map((node) => node.path.join('.'));
  }

  /** The longest run of look-ups without a word of the customer in between; Infinity when it can go in circles. */
  function lookUpsMax({ edges }: Walked<Data>): number {
    const next = new Map<string, Snapshot[]>();
    const waits = (snapshot: Snapshot) => snapshot.status === 'active' && openQuestion(snapshot) === null;
    for (const { before, after } of edges)
      if (waits(before) && waits(after)) next.set(sameness(before), [...(next.get(sameness(before)) ?? []), after]);
    const lengths = new Map<string, number>();
    const lengthFrom = (key: string, above: ReadonlySet<string>): number => {
      if (above.has(key)) return Number.POSITIVE_INFINITY;
      const known = lengths.get(key);
      if (known !== undefined) return known;
      const length = 1 + Math.max(0, ...(next.get(key) ?? []).map((it) => lengthFrom(sameness(it), new Set([...above, key]))));
      lengths.set(key, length);
      return length;
    };
    return Math.max(0, ...[...next.keys()].map((it) => lengthFrom(it, new Set())));
  }

  return { placeOf, openQuestion, walk, takenBy, allTransitions, allPlaces, finalPlaces, lookUpsMax };
}
