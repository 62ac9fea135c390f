/**
 * Whether the desk asked for something twice. It did when a question waits for a slot the customer had answered sensibly
 * in an earlier message of the same errand, and nothing they said since opens that slot again. Not counted: windows put up
 * for choice after a wish (that narrows it), the rest of an address told by parts, the read-back after anything changed,
 * the same question again after a question of the customer's own, a courtesy or a return, since it was not answered then,
 * and what was said to a desk that first asks whether to go on at all.
 */
import type { Button, Scene } from './story.ts';
import { windowStart } from './window-label.ts';

export type Doubled = { readonly errand: string; readonly slot: string; readonly reply: string };

export function askedTwice(scenes: readonly Scene[], now: number): readonly Doubled[] {
  const doubled: Doubled[] = [];
  let told = new Set<string>();
  let errand = '';
  /** What the last message told. */
  let latest: readonly string[] = [];
  for (const scene of scenes) {
    if (scene.errand !== errand) told = new Set();
    errand = scene.errand;
    if (scene.by === 'customer') {
      latest = scene.lines.flatMap((it) => it.tells);
      for (const { tells, reopens } of scene.lines) {
        for (const slot of reopens) told.delete(slot);
        // What changes is read back anew.
        if (tells.length > 0 && !tells.includes('confirm')) told.delete('confirm');
        for (const slot of tells) told.add(slot);
      }
      continue;
    }
    const { asking, reply, buttons } = scene.turn;
    if (asking === 'resume') for (const slot of latest) told.delete(slot);
    if (asking === null || !told.has(asking)) continue;
    if (asking === 'window' && narrows(reply, buttons, now) && (!told.has('picked') || reply.includes('ask.window.taken'))) continue;
    doubled.push({ errand, slot: asking, reply: reply.at(-1) ?? '' });
    told.delete(asking);
  }
  return doubled;
}

/** Windows put up for choice, or the earliest one held, where none was picked yet. */
function narrows(reply: readonly string[], buttons: readonly Button[], now: number): boolean {
  if (reply.includes('ask.window.again')) return false;
  return reply.some((it) => it.startsWith('ask.window.earliest')) || buttons.some((it) => windowStart(it.label, now) !== null);
}
