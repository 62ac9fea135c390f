/**
 * The number of a ticket (BX-20261120-0031) or complaint (TS-202611-0031), also typed without its hyphens, and without its
 * letters where a number was named or asked for. A policy may number complaints otherwise (KS-2026-00012): read with hyphens.
 */
import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const JOIN = '[-_ \\u2013\\u2014]?';
const DAY = '20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const MONTH = '20\\d{2}(?:0[1-9]|1[0-2])';
const END = '(?![A-Za-z0-9])';
const OURS = new RegExp(`(?<![A-Za-z0-9])(?:(BX)${JOIN}(20\\d{6})${JOIN}(\\d{4,8})|(TS)${JOIN}(20\\d{4})${JOIN}(\\d{4,8}))${END}`, 'i');
const OF_ANY_PATTERN = /(?<![A-Za-z0-9-])([A-Z]{2,4})-(20\d{2}(?:0[1-9]|1[0-2])?)-(\d{3,9})(?![A-Za-z0-9-])/i;
const NAME = '(?:工单|服务单|维修单|报修单|订单|投诉|预约|单)(?:编)?号(?:码)?[是为:]?\\s*';
const ASKED_AFTER = '(?:查(?:一?下|询|看)?|工单|服务单|维修单|报修单|投诉单?|单子)[是为:]?\\s*';
const DATED = `(?:(${DAY})${JOIN}|(${MONTH})${JOIN})(\\d{4})${END}`;
const NAMED_DATED = new RegExp(`(?:${NAME}|${ASKED_AFTER})${DATED}`);
const BARE_DATED = new RegExp(`^[^\\dA-Za-z]{0,6}${DATED}`);
const NAMED = new RegExp(`${NAME}([A-Z]{0,4}-?\\d[\\dA-Z-]{3,24})${END}`, 'i');
/** Another desk's number: letters, a date, a sequence (WX20261103007, R20261230-008); beside a serial's name it is a serial. */
const FOREIGN = /(?<![A-Za-z0-9-])(?!SN)([A-Z]{1,3}-?20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?\d{3,6})(?![A-Za-z0-9-])/i;
const SERIAL_NAMED = /序列号|序号|出厂|编码|机身|机器编?号|条码|机号|铭牌|标签/;
const NUMBERED =
  /(?:工单|服务单|维修单|报修单|订单|投诉单|单子|order|ticket|case)(?:编?号|number|no\.?|#)?(?:在这(?:里|儿)?|是|为|[:\s#])*(?!1[3-9]\d{9}(?!\d))([A-Z]{0,4}-?\d[\dA-Z-]{7,24})(?![A-Za-z0-9])/i;
/** A phone number is no answer, nor are the last four digits alone. */
const BARE = /^[^\dA-Za-z]{0,6}(?!1[3-9]\d{9}(?!\d))(?=(?:[^\d]*\d){6})([A-Z]{0,3}-?\d{4,12}(?:-\d{2,8}){0,2})[^\dA-Za-z]{0,6}$/i;

/** The ticket number in canonical form when it is one of ours, else as written; null when none is stated. */
export function readTicketNumber(text: string, expects: Expected | null): Taken<string | null> {
  const ours = OURS.exec(text) ?? OF_ANY_PATTERN.exec(text);
  if (ours) {
    const parts = ours.slice(1).flatMap((part) => (part === undefined ? [] : [part.toUpperCase()]));
    return { value: parts.join('-'), rest: mask(text, ours.index, ours.index + ours[0].length, 'ticket') };
  }
  const asked = expects === 'ticket';
  const dated = NAMED_DATED.exec(text) ?? (asked ? BARE_DATED.exec(text) : null);
  if (dated) {
    const [whole, day, month, sequence] = dated;
    const from = dated.index + whole.search(/\d/);
    const value = day ? `BX-${day}-${sequence}` : `TS-${month}-${sequence}`;
    return { value, rest: mask(text, from, dated.index + whole.length, 'ticket') };
  }
  const foreign = expects === 'serial' || SERIAL_NAMED.test(text) ? null : FOREIGN.exec(text);
  const named = foreign ?? NAMED.exec(text) ?? NUMBERED.exec(text) ?? (asked ? BARE.exec(text) : null);
  const written = named?.[1];
  if (!named || !written) return { value: null, rest: text };
  const from = named.index + named[0].indexOf(written);
  return { value: written.toUpperCase(), rest: mask(text, from, from + written.length, 'ticket') };
}
