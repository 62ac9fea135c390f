/** The number of a ticket (BX-20261120-0031) or complaint (TS-202611-0031), also typed without its hyphens. */

import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const OURS = /(?<![A-Za-z0-9])(?:(BX)[-_ ]?(20\d{6})[-_ ]?(\d{4,8})|(TS)[-_ ]?(20\d{4})[-_ ]?(\d{4,8}))(?![A-Za-z0-9])/i;
const NAMED = /(?:工单|服务单|维修单|报修单|订单|投诉|预约|单)(?:编)?号(?:码)?[是为:]?\s*([A-Z]{0,4}-?\d[\dA-Z-]{3,24})(?![A-Za-z0-9])/i;
const BARE = /^[^\dA-Za-z]{0,6}([A-Z]{0,3}-?\d{4,12}(?:-\d{2,8}){0,2})[^\dA-Za-z]{0,6}$/i;

/** The ticket number in canonical form when it is one of ours, else as written; null when none is stated. */
export function readTicketNumber(text: string, expects: Expected | null): Taken<string | null> {
  const ours = OURS.exec(text);
  if (ours) {
    const parts = (ours[1] ? ours.slice(1, 4) : ours.slice(4, 7)).map((part) => part.toUpperCase());
    return { value: parts.join('-'), rest: mask(text, ours.index, ours.index + ours[0].length, 'ticket') };
  }
  const named = NAMED.exec(text) ?? (expects === 'ticket' ? BARE.exec(text) : null);
  const written = named?.[1];
  if (!named || !written) return { value: null, rest: text };
  const from = named.index + named[0].indexOf(written);
  return { value: written.toUpperCase(), rest: mask(text, from, from + written.length, 'ticket') };
}
