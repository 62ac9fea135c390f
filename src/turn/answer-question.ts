/** Questions that need no dialog: what it costs, when we come, whether this is a person. */

import type { Answers } from '../../flows/dialog-event.ts';
import { DIALOGS } from '../../flows/registry.ts';
import { productClassOf } from '../domain/appliance.ts';
import { blocksOn, localDayOf } from '../domain/business-calendar.ts';
import type { Instant } from '../domain/instant.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { Reply } from '../wording/reply.ts';
import type { ConversationState } from './conversation-state.ts';
import type { LookUpNeeds } from './look-up.ts';
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
      const today = blocksOn(policy.hours, localDayOf(now, timeZone), timeZone);
      const first = today[0]?.from ?? now;
      const last = today.at(-1)?.to ?? now;
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
      const top = state.stack.at(-1);
      const { prices } = await readings.terms(localDayOf(now, timeZone));
      const named = answers.reports.find((it) => it.appliance !== null);
      const about = named ?? (top === undefined ? null : DIALOGS[top.flow].about(top.context));
      const appliance = about?.appliance ?? null;
      const productClass = appliance === null ? null : productClassOf(appliance);
      const yuan = { as: 'number', value: prices.visitFeeYuan[productClass ?? 'air_conditioner'] } as const;
      const ofClass = prices.lines.filter((it) => it.productClass === productClass);
      const ofFault = ofClass.filter((it) => about?.faults.includes(it.fault));
      const lines = (ofFault.length > 0 ? ofFault : ofClass).slice(0, LINES_MAX);
      const since = { as: 'day', value: prices.effectiveFrom } as const;
      if (appliance === null || lines.length === 0) return { key: 'answer.price', data: { yuan, since } };
      return {
        key: 'answer.price.list',
        data: { yuan, since, appliances: { as: 'appliances', value: [appliance] }, prices: { as: 'prices', value: lines } },
      };
    }
    default:
      return unreachable(topic);
  }
}
