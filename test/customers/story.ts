/**
 * What happened in one chat, both sides, for the judge. Terms: a *line* is one message of the customer with what it tells
 * and takes back; a *turn* is all the bot said until it was quiet; *asking* is the slot its last question waits for.
 */
import type { ChatActivity } from '../support/direct-line-client.ts';

/** A line of the customer. `tells`: slots it answers sensibly. `reopens`: slots that may rightly be asked again after it. */
export type Line = {
  readonly text: string;
  readonly kind: 'tells' | 'picks' | 'agrees' | 'corrects' | 'digresses' | 'courtesy' | 'returns' | 'asks';
  readonly tells: readonly string[];
  readonly reopens: readonly string[];
};

export type Button = { readonly label: string; readonly value: string };

export type Turn = {
  readonly texts: readonly string[];
  /** Reply keys of all its messages, in order. */
  readonly reply: readonly string[];
  readonly flow: string | null;
  readonly asking: string | null;
  /** Under the last message. */
  readonly buttons: readonly Button[];
  readonly tickets: readonly { readonly number: string; readonly kind: string; readonly status: string }[];
};

export type Scene =
  | { readonly by: 'customer'; readonly errand: string; readonly lines: readonly Line[] }
  | { readonly by: 'bot'; readonly errand: string; readonly turn: Turn };

export function turnOf(activities: readonly ChatActivity[]): Turn {
  const last = activities.findLast((it) => it.channelData.dialog !== undefined);
  const dialog = last?.channelData.dialog;
  return {
    texts: activities.map((it) => it.text),
    reply: activities.flatMap((it) => it.channelData.dialog?.reply ?? []),
    flow: dialog?.flow ?? null,
    asking: dialog?.asking ?? null,
    buttons: (last?.suggestedActions?.actions ?? [])
      .filter((it) => it.type === 'imBack')
      .map((it) => ({ label: it.title, value: it.value })),
    tickets: activities.flatMap((it) => it.channelData.ticket ?? []),
  };
}

export const SILENCE: Turn = { texts: [], reply: [], flow: null, asking: null, buttons: [], tickets: [] };

/** A chat as a person reads it. */
export function writtenDown(scenes: readonly Scene[]): string {
  return scenes
    .map((scene) => {
      if (scene.by === 'customer') return scene.lines.map((it) => `  > ${it.text.replaceAll('\n', '\n    ')}`).join('\n');
      const { texts, asking, reply, buttons } = scene.turn;
      const choices = buttons.length === 0 ? '' : ` [${buttons.map((it) => it.label).join('] [')}]`;
      return `    ${texts.join('\n').replaceAll('\n', '\n    ')}${choices}\n      (${asking ?? '-'}; ${reply.join(', ') || 'silence'})`;
    })
    .join('\n');
}
