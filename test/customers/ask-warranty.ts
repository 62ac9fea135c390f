/** The errand of a question on cover: by serial, or by appliance and day of purchase, and what they do with the answer. */
import { APPLIANCE_NAMES } from '../../src/wording/names.ts';
import { bookRepair } from './book-repair.ts';
import type { BookingPlan } from './booking-plan.ts';
import { type CoverCase, coverCaseOf } from './cover-case.ts';
import { type Customer, type Errand, type Finding, labelled, line, outcome } from './errand.ts';
import type { Phrases } from './manner.ts';
import { PHONE } from './sentences/contact.ts';
import { FAULTS } from './sentences/faults.ts';
import * as words from './sentences/warranty.ts';
import { inWords, typed } from './speech.ts';
import type { Line, Turn } from './story.ts';

type Verdict = CoverCase['verdict'] | 'unsure' | 'none';

export function askWarranty(customer: Customer, plan: BookingPlan): Errand {
  const { manner, random, now } = customer;
  const cover = coverCaseOf(random, now());
  const known = FAULTS.filter((it) => it.appliance === cover.appliance);
  const next = cover.verdict === 'unknown' ? 'nothing' : drawNext(customer, cover, known.length > 0);
  const booking =
    next === 'book' ? bookRepair(customer, { ...plan, fault: random.pick(known), model: null, slip: null, secondThought: null }) : null;
  const names: Readonly<Record<string, string>> = APPLIANCE_NAMES[manner.register === 'english' ? 'en' : 'zh-CN'];
  const appliance = names[cover.appliance] ?? cover.appliance;
  let heard: Verdict = 'none';

  const said = (phrases: Phrases, values: Readonly<Record<string, string>> = {}) =>
    typed(inWords(phrases, manner.register, random, { appliance, ...values }), manner, random);
  const tap = (turn: Turn, label: RegExp, phrases: Phrases): string => {
    const button = manner.chooses === 'words' ? null : labelled(turn, label);
    return button?.value ?? said(phrases);
  };

  const answer = (turn: Turn): readonly Line[] | null => {
    switch (turn.flow === 'repair-booking' ? null : turn.asking) {
      case 'serial':
        return cover.serial === null
          ? [line('tells', tap(turn, /没有序列号|都不是|no serial|none/i, words.NO_SERIAL), ['serial'])]
          : [line('tells', said(words.SERIAL, { serial: cover.serial }), ['serial'])];
      case 'appliance':
        return [line('tells', labelled(turn, new RegExp(`^${appliance}$`))?.value ?? appliance, ['appliance'])];
      case 'purchasedOn':
        return [line('tells', said(words.BOUGHT, { date: cover.boughtInWords(manner.register) }), ['purchasedOn'])];
      case 'proof':
        return [
          line('tells', tap(turn, cover.hasProof ? /^(有|yes)$/i : /^(没有|no)$/i, cover.hasProof ? words.HAS_PROOF : words.NO_PROOF), [
            'proof',
          ]),
        ];
      case 'exclusion':
        return [line('tells', tap(turn, /都没有|none/i, words.NO_HARM), ['exclusion'])];
      case 'phone':
        return [line('tells', said(PHONE, { phone: customer.person.phone }), ['phone'])];
      case 'next':
        return [line('picks', nextInWords(turn), ['next'])];
      default:
        return booking?.answer(turn) ?? null;
    }
  };

  const nextInWords = (turn: Turn): string => {
    switch (next) {
      case 'book':
        return tap(turn, /报修|repair/i, words.BOOK_IT);
      case 'appeal':
        return tap(turn, /复核|review/i, words.REVIEW_IT);
      case 'nothing':
        return tap(turn, /先不用|not now/i, words.NOT_NOW);
    }
  };

  return {
    name: next === 'book' ? 'warranty + booking' : next === 'appeal' ? 'warranty + appeal' : 'warranty',
    flow: 'warranty-lookup',
    person: cover.verdict === 'unknown' || next === 'appeal' ? 'right' : 'needless',
    isPlain: false,
    meanwhile: null,
    opening: () => {
      if (cover.serial !== null && random.chance(0.5)) return [line('tells', said(words.BY_SERIAL, { serial: cover.serial }), ['serial'])];
      const text = said(words.STILL_COVERED);
      return [line('tells', text, text.includes(appliance) ? ['appliance'] : [])];
    },
    answer,
    isDone: (turn) => {
      heard = verdictIn(turn.reply) ?? heard;
      const over = turn.reply.some((it) => /^warranty\.(closed|appealed|enquiry)/.test(it));
      return over || (booking?.isDone(turn) ?? false);
    },
    wanted: /保修|warranty/i,
    judge: (record) => {
      const told: readonly Finding[] = fits(heard, cover)
        ? []
        : [outcome(`told ${heard} of a product that is ${cover.verdict} (${cover.words})`)];
      if (booking !== null) return [...told, ...booking.judge(record)];
      if (next === 'nothing' && cover.verdict !== 'unknown') return told;
      const kind = cover.verdict === 'unknown' ? /warranty|enquiry/ : /warranty/;
      return record.tickets.some((it) => kind.test(it.kind)) ? told : [...told, outcome('nobody was asked to look at it again')];
    },
  };
}

/** Who has no proof may be told without certainty. */
function fits(heard: Verdict, { verdict, hasProof, serial }: CoverCase): boolean {
  return heard === verdict || (heard === 'unsure' && !hasProof && serial === null);
}

function drawNext({ random }: Customer, { verdict }: CoverCase, isRepaired: boolean): 'book' | 'appeal' | 'nothing' {
  const choices = ['nothing', ...(isRepaired ? ['book' as const] : []), ...(verdict === 'expired' ? ['appeal' as const] : [])] as const;
  return random.pick<'book' | 'appeal' | 'nothing'>(choices);
}

function verdictIn(reply: readonly string[]): Verdict | null {
  if (reply.some((it) => it.startsWith('warranty.covered') || it === 'warranty.same-fault')) return 'covered';
  if (reply.some((it) => it.startsWith('warranty.expired'))) return 'expired';
  if (reply.some((it) => it.startsWith('warranty.enquiry'))) return 'unknown';
  return reply.some((it) => it === 'warranty.unsure') ? 'unsure' : null;
}
