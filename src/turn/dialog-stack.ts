/**
 * Steps the dialog on top of the stack, purely: a stored dialog and an event in, effects and the stored dialog after it
 * out. Nothing runs here; XState's `transition` returns the actions as data.
 */
import { type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine, createActor, initialTransition } from 'xstate';
import type { DialogEvent } from '../../flows/dialog-event.ts';
import type { Effect } from '../../flows/effect.ts';
import { MIGRATE, migrated } from '../../flows/migrations.ts';
import { DIALOGS, type FlowName, type Opening } from '../../flows/registry.ts';
import type { StackedDialog } from './conversation-state.ts';

export type Stepped = {
  readonly effects: readonly Effect[];
  /** The dialog after the step; null when it has ended. */
  readonly dialog: StackedDialog | null;
  /** False when the state it was in has no ear for the event. */
  readonly heard: boolean;
  /** The message moved nothing: the question is put again in other words. */
  readonly missed: boolean;
};

/** Starts a dialog with what the customer has said already. */
export function startDialog(flow: FlowName, opening: Opening): Stepped {
  const { machine, start } = DIALOGS[flow];
  const [snapshot, actions] = initialTransition(machine, start(opening));
  return stepped(flow, snapshot, actions, null);
}

/** One event into a stored dialog. Null when what was stored can't be read any more. */
export function stepDialog(stored: StackedDialog, event: DialogEvent): Stepped | null {
  const { machine, version, stored: contexts } = DIALOGS[stored.flow];
  const readable = migrated(stored, version, MIGRATE[stored.flow]);
  const context = readable === null ? null : contexts.read(readable.context);
  if (readable === null || context === null) return null;
  const before = machine.resolveState({ value: readable.value as string, context });
  const [after, actions] = transition(machine, before, event);
  if (after === before && actions.length === 0) return { effects: [], dialog: stored, heard: false, missed: false };
  return stepped(stored.flow, after, actions, stored);
}

type Action = { readonly type: string; readonly params?: unknown };

/**
 * The same as XState's `transition`, which makes an actor for each step and has the machine start in it: one a machine is
 * enough, because a pure step only reads from it. A third of the cost.
 */
function transition(machine: AnyStateMachine, before: AnyMachineSnapshot, event: DialogEvent): [AnyMachineSnapshot, readonly Action[]] {
  const actions: Action[] = [];
  const after = machine.transition(before, event, { ...scopeOf(machine), actionExecutor: (action) => void actions.push(action) });
  return [after, actions];
}

const scopes = new Map<AnyStateMachine, AnyActorScope>();

function scopeOf(machine: AnyStateMachine): AnyActorScope {
  const known = scopes.get(machine);
  if (known !== undefined) return known;
  const self = createActor(machine);
  const nothing = () => undefined;
  const scope = {
    self,
    id: '',
    sessionId: '',
    system: self.system,
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: nothing,
  };
  scopes.set(machine, scope);
  return scope;
}

function stepped(flow: FlowName, snapshot: AnyMachineSnapshot, actions: readonly Action[], before: StackedDialog | null): Stepped {
  const effects = actions.filter((it) => it.type === 'effects').flatMap((it) => it.params as readonly Effect[]);
  const context = snapshot.context as StackedDialog['context'];
  DIALOGS[flow].stored.made(snapshot.context as object);
  const missed = (snapshot.context as { readonly misses?: number }).misses !== 0;
  if (snapshot.status !== 'done')
    return {
      effects,
      heard: true,
      missed,
      dialog: { flow, version: DIALOGS[flow].version, value: snapshot.value as StackedDialog['value'], context },
    };
  // Handed over for want of understanding: the dialog waits where it was, for when the person gives the chat back.
  const waits = effects.some((it) => it.kind === 'hand-off' && it.waits) && before !== null;
  return {
    effects,
    heard: true,
    missed,
    dialog: waits ? { ...before, context: { ...(before.context as Record<string, StackedDialog['context']>), misses: 0 } } : null,
  };
}
