/** Questions that need no dialog: what it costs, when we come, whether this is a person. */

import type { Answers } from '../../flows/dialog-event.ts';
import { DIALOGS } from '../../flows/registry.ts';
import { type Appliance, productClassOf } from '../domain/appliance.ts';
import { blocksOn, localDayOf, nextOpening } from '../domain/business-calendar.ts';
import type { Instant } from '../domain/instant.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { Reply } from '../wording/reply.ts';
import type { LookUpNeeds } from './asking.ts';
import type { ConversationState } from './conversation-state.ts';
import { visitFee } from './enquiry-facts.ts';
import type { Topic } from './move.ts';

const LINES_MAX = 5;

/** The answer from the price list and calendar in force; nothing is made up (S2-002). */
export async function answerQuestion(
  topic: Topic,
  answers: Answers,
  state: ConversationState,
  now: Instant,
  needs: LookUpNeeds,
): Promise<Reply> {
  const { policy, timeZone, readings } = needs;
  switch (topic) {
    case 'robot':
      return { key: 'answer.robot', data: {} };
    case 'change-fee': {
      const fee = policy.booking.cancelFee;
      return fee === 0
        ? { key: 'answer.change-fee', data: {} }
        : { key: 'answer.change-fee.cancel', data: { yuan: { as: 'number', value: fee } } };
    }
    case 'hours': {
      const windows = policy.booking.windows;
      // On a day off the next day people are there.
      const next = nextOpening(policy.hours, now, timeZone) ?? now;
      const blocks = blocksOn(policy.hours, localDayOf(next, timeZone), timeZone);
      const first = blocks[0]?.from ?? next;
      const last = blocks.at(-1)?.to ?? next;
      return {
        key: 'answer.hours',
        data: {
          from: { as: 'text', value: windows[0]?.from ?? '' },
          to: { as: 'text', value: windows.at(-1)?.to ?? '' },
          opens: { as: 'clock', value: first },
          closes: { as: 'clock', value: last },
        },
      };
    }
    case 'price': {
      const { prices } = await readings.terms(localDayOf(now, timeZone));
      const about = inQuestion(answers, state);
      const appliance = about?.appliance ?? null;
      const productClass = appliance === null ? null : productClassOf(appliance);
      const fee = { as: 'fee', value: visitFee(prices, appliance) } as const;
      const ofClass = prices.lines.filter((it) => it.productClass === productClass);
      const ofFault = ofClass.filter((it) => about?.faults.includes(it.fault));
      const lines = (ofFault.length > 0 ? ofFault : ofClass).slice(0, LINES_MAX);
      const since = { as: 'day', value: prices.effectiveFrom } as const;
      if (about === null) return { key: 'answer.price.which', data: { fee } };
      if (appliance === null || lines.length === 0) return { key: 'answer.price', data: { fee, since } };
      return {
        key: 'answer.price.list',
        data: { fee, since, appliances: { as: 'appliances', value: [appliance] }, prices: { as: 'prices', value: lines } },
      };
    }
    default:
      return unreachable(topic);
  }
}

/** The appliance and fault a question is about: named in it, else those of the dialog on top; null outside any dialog. */
function inQuestion(answers: Answers, { stack }: ConversationState) {
  const named = answers.reports.find((it) => it.appliance !== null);
  const top = stack.at(-1);
  const open = top === undefined ? null : DIALOGS[top.flow].about(top.context);
  // 修冰箱一般多少钱, in a booking of the fridge: of the fault that was told.
  const isSame = named !== undefined && named.faults.length === 0 && named.appliance === open?.appliance;
  return named === undefined || isSame ? open : named;
}

export function applianceInQuestion(answers: Answers, state: ConversationState): Appliance | null {
  return inQuestion(answers, state)?.appliance ?? null;
}
