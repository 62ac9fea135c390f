/** `views.*` of the fake Slack: modals, which stand on each other, and the home, one for each person. */
import { type Answer, done, type Json, list, type Method, record, refused, words } from './slack-data.ts';
import { viewFaults } from './slack-rules.ts';
import { viewWire } from './slack-wire.ts';
import { type View, type World, withIds } from './slack-world.ts';

const STACK_MAX = 3;

export function viewMethods(world: World): Readonly<Record<string, Method>> {
  const opened = (args: Json, isPush: boolean): Answer => {
    const view = record(args['view']);
    const triggerId = words(args['trigger_id']);
    if (triggerId === '') return refused('invalid_arguments', ['[ERROR] missing required field: trigger_id']);
    const faults = viewProblem(view, 'modal');
    if (faults !== null) return faults;
    const trigger = world.takeTrigger(triggerId);
    if (!('user' in trigger)) return refused(trigger.kind);
    const stack = viewsOf(world, trigger.user);
    if (isPush && stack.length >= STACK_MAX) return refused('push_limit_reached');
    const below = isPush ? (stack.at(-1) ?? null) : null;
    // A new stack takes the place of the old one.
    if (!isPush) clearViews(world, trigger.user);
    return done({ view: viewWire(world, stackView(world, trigger.user, view, below)) });
  };

  return {
    'views.open': (args) => opened(args, false),
    'views.push': (args) => opened(args, true),
    'views.update': (args) => {
      const content = record(args['view']);
      const problem = viewProblem(content, 'modal');
      if (problem !== null) return problem;
      const view = world.views.find(
        (it) => it.id === args['view_id'] || (args['external_id'] !== undefined && it.content['external_id'] === args['external_id']),
      );
      if (view === undefined) return refused('not_found');
      if (args['hash'] !== undefined && args['hash'] !== view.hash) return refused('hash_conflict');
      replaceView(world, view, content);
      return done({ view: viewWire(world, view) });
    },
    'views.publish': (args) => {
      const user = words(args['user_id']);
      if (!world.people.has(user)) return refused('user_not_found');
      const content = record(args['view']);
      const problem = viewProblem(content, 'home');
      if (problem !== null) return problem;
      const before = world.homes.get(user);
      if (before !== undefined && args['hash'] !== undefined && args['hash'] !== before.hash) return refused('hash_conflict');
      const view = before ?? newView(world, user, content, null);
      replaceView(world, view, content);
      world.homes.set(user, view);
      return done({ view: viewWire(world, view) });
    },
  };
}

/** Why it is not shown; null when it is. */
export function viewProblem(view: Json, type: 'modal' | 'home'): Answer | null {
  const faults = viewFaults(view, type);
  if (faults.length === 0) return null;
  return refused(
    faults.some((it) => it.includes('view_too_large')) ? 'view_too_large' : 'invalid_arguments',
    faults.map((it) => `[ERROR] ${it}`),
  );
}

/** Somebody's modals, the lowest first. */
const viewsOf = (world: World, user: string): readonly View[] => world.views.filter((it) => it.user === user);

/** Puts a modal on top. */
export function stackView(world: World, user: string, content: Json, below: View | null): View {
  const view = newView(world, user, content, below);
  world.views.push(view);
  return view;
}

export function replaceView(world: World, view: View, content: Json): void {
  view.content = withIdsOf(world, content);
  view.hash = `${world.now()}.${world.newId('').toLowerCase()}`;
}

export function closeView(world: World, view: View): void {
  world.views.splice(world.views.indexOf(view), 1);
}

export function clearViews(world: World, user: string): void {
  for (const view of viewsOf(world, user)) closeView(world, view);
}

function newView(world: World, user: string, content: Json, below: View | null): View {
  const id = world.newId('V');
  const hash = `${world.now()}.${world.newId('').toLowerCase()}`;
  return { id, user, previous: below?.id ?? null, root: below?.root ?? id, hash, content: withIdsOf(world, content) };
}

const withIdsOf = (world: World, content: Json): Json => ({ ...content, blocks: withIds(list(content['blocks']), world.newId) });
