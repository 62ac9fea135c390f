/** The card of a handoff in the desk's channel: who waits, for what, since when, and what may be done. Everything in it is masked. */
import type { Handoff } from '../../desk/handoff.ts';
import type { TranscriptLine } from '../../desk/transcript.ts';
import { localTimeOf } from '../../domain/business-calendar.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Language } from '../../domain/ticket.ts';
import { FLOW_NAMES, HANDOFF_REASONS, named, OUTCOME_NAMES, SLOT_NAMES } from '../../wording/staff/handoff-names.ts';
import type { StaffWord } from '../../wording/staff/render.ts';
import { button, buttons, context, cut, type KnownBlock, section } from './blocks.ts';
import type { Shown } from './shown.ts';
import { escapeSlack } from './slack-text.ts';

export type CardReading = {
  readonly word: StaffWord;
  readonly language: Language;
  readonly timeZone: string;
  readonly holdSeconds: number;
};

/** The last of what was said before, oldest first. */
export type SoFar = readonly TranscriptLine[];

const LINE_CHARACTERS_MAX = 120;
const FACT_CHARACTERS_MAX = 150;
const FACTS_MAX = 8;
/** Whole minutes at first, then in steps: a card is not changed every minute for hours. */
const FINE_MINUTES = 10;
const STEP_MINUTES = 5;

export const HANDOFF_ACTIONS = {
  claim: 'handoff:claim',
  release: 'handoff:release',
  requeue: 'handoff:queue',
  transfer: 'handoff:transfer',
  resolve: 'handoff:resolve',
  reveal: 'handoff:reveal',
} as const;

/** What the card shows now. */
export function handoffCard(handoff: Handoff, soFar: SoFar, reading: CardReading): Shown {
  const { word } = reading;
  const title = titleOf(handoff, reading);
  const blocks: KnownBlock[] = [
    section(`*${title}*`),
    section(linesOf(handoff, reading).join('\n')),
    ...(soFar.length === 0 ? [] : [context(soFarText(soFar, reading))]),
    ...(handoff.status === 'resolved' ? [] : buttonsOf(handoff, word)),
    ...(handoff.status === 'resolved' ? [] : [context(word('card.hint', { seconds: reading.holdSeconds }))]),
  ];
  return { text: title, blocks };
}

function whoIs({ customer }: Pick<Handoff, 'customer'>, word: StaffWord): string {
  const known = [customer?.name, customer?.phone].filter((it) => typeof it === 'string' && it !== '');
  return known.length === 0 ? word('card.nobody-named') : escapeSlack(known.join(' '));
}

function titleOf(handoff: Handoff, { word }: CardReading): string {
  const customer = whoIs(handoff, word);
  if (handoff.status === 'queued') return word('card.queued', { customer });
  if (handoff.status === 'resolved') return word('card.resolved', { customer });
  return word('card.claimed', { customer, owner: escapeSlack(handoff.owner?.name ?? '') });
}

function linesOf(handoff: Handoff, reading: CardReading): readonly string[] {
  const { word, language } = reading;
  const { summary } = handoff;
  const line = (label: Parameters<StaffWord>[0], value: string) => `${word(label)}: ${value}`;
  const known = Object.entries(summary.known)
    .slice(0, FACTS_MAX)
    .map(([slot, value]) => `${named(SLOT_NAMES, slot, language)} ${escapeSlack(cut(value, FACT_CHARACTERS_MAX))}`);
  return [
    line('card.reason', named(HANDOFF_REASONS, handoff.reason, language)),
    ...(summary.flow === null ? [] : [line('card.wants', named(FLOW_NAMES, summary.flow, language))]),
    ...(known.length === 0 ? [] : [line('card.known', known.join(' · '))]),
    ...(handoff.ticket === null ? [] : [line('card.ticket', `\`${handoff.ticket}\``)]),
    ...(summary.possibleTickets.length === 0 ? [] : [line('card.possible', summary.possibleTickets.map((it) => `\`${it}\``).join(' '))]),
    standing(handoff, reading),
  ];
}

function standing(handoff: Handoff, { word, language, timeZone }: CardReading): string {
  const owner = escapeSlack(handoff.owner?.name ?? '');
  if (handoff.status === 'queued') {
    const minutes = handoff.waitMinutes <= FINE_MINUTES ? handoff.waitMinutes : handoff.waitMinutes - (handoff.waitMinutes % STEP_MINUTES);
    return word('card.waiting', { minutes, position: handoff.position ?? 1 });
  }
  if (handoff.status === 'claimed') return word('card.claimed-at', { owner, clock: clockOf(handoff.claimedAt, timeZone) });
  const outcome = escapeSlack(cut(named(OUTCOME_NAMES, handoff.outcome ?? 'resolved', language), FACT_CHARACTERS_MAX));
  return word('card.ended', { outcome, clock: clockOf(handoff.resolvedAt, timeZone) });
}

function soFarText(soFar: SoFar, { word }: CardReading): string {
  const who = { customer: word('card.customer'), bot: word('card.bot'), staff: word('card.staff') };
  const lines = soFar.map((it) => `*${who[it.from]}* ${escapeSlack(cut(it.text.replace(/\s+/g, ' '), LINE_CHARACTERS_MAX))}`);
  return [word('card.so-far'), ...lines].join('\n');
}

function buttonsOf(handoff: Handoff, word: StaffWord): readonly KnownBlock[] {
  const offer = (label: Parameters<StaffWord>[0], actionId: string) => button({ label: word(label), actionId, value: handoff.id });
  const reveal = offer('card.reveal', HANDOFF_ACTIONS.reveal);
  if (handoff.status === 'queued') return buttons([{ ...offer('card.claim', HANDOFF_ACTIONS.claim), style: 'primary' }, reveal]);
  return buttons([
    { ...offer('card.resolve', HANDOFF_ACTIONS.resolve), style: 'primary' },
    offer('card.release', HANDOFF_ACTIONS.release),
    offer('card.requeue', HANDOFF_ACTIONS.requeue),
    offer('card.transfer', HANDOFF_ACTIONS.transfer),
    reveal,
  ]);
}

/** 14:05 in the zone. */
export function clockOf(instant: Instant | null, timeZone: string): string {
  if (instant === null) return '';
  const { minuteOfDay } = localTimeOf(instant, timeZone);
  const [hours, minutes] = [Math.floor(minuteOfDay / 60), Math.floor(minuteOfDay % 60)];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
