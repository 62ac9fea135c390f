/**
 * The serial of an appliance: 8–20 of A–Z and 0–9 with at least one digit and one letter, or 10–20 digits when a serial
 * was asked for or named. A code without hyphen that is called a model is none.
 */
import type { Serial } from '../domain/contact.ts';
import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const NAMED =
  /(?:序列号|序号|出厂编号|出厂号|产品编号|机身编码|机身号|机身编号|机器编号|机编|机号|条形码|条码|编号|编码|S\/N|SN码|(?<![A-Z])SN(?=[ :是]))(?:上?写的)?(?:是|为|[::])*\s*/i;
const LETTERS_AND_DIGITS = /(?<![A-Za-z0-9\-/])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8,20}(?![A-Za-z0-9\-/])/;
const DIGITS = /(?<![A-Za-z0-9\-/])\d{10,20}(?![A-Za-z0-9\-/])/;
/** It is DEMO2026RV0004: no part of it. */
const SAID_BEFORE = /^\s*(?:it'?s|it is|the (?:serial )?number is|number|here(?: it is)?)[\s:]+/i;
const SPACED = /(?<![A-Za-z0-9])[A-Za-z0-9]{2,}(?:[ -][A-Za-z0-9]{2,}){1,5}(?![A-Za-z0-9])/;
const DIGITS_MIN = 5;
/** Asked for name and model, TG100V88 is the model; nobody's serial is as short. */
const BESIDE_NAME_CHARACTERS_MIN = 11;

/** The serial in `text` when it is one written alone, else null. */
export function parseSerial(text: string): Serial | null {
  const upper = text.trim().toUpperCase();
  return /^[A-Z0-9]{8,20}$/.test(upper) && /\d/.test(upper) ? (upper as Serial) : null;
}

export function readSerial(text: string, expects: Expected | null): Taken<Serial | null> {
  const name = NAMED.exec(text);
  const start = name ? name.index + name[0].length : 0;
  const asked = name !== null || expects === 'serial';
  const match =
    find(
      text.slice(start).replace(SAID_BEFORE, (said) => ' '.repeat(said.length)),
      asked,
    ) ?? (name ? find(text, false) : null);
  if (!match) return { value: null, rest: text };
  const from = text.indexOf(match, start) >= 0 ? text.indexOf(match, start) : text.indexOf(match);
  const called = /型号[是为:]?\s*$/.test(text.slice(0, from));
  const isModel = !name && (expects === 'model' || (expects === 'name' && match.length < BESIDE_NAME_CHARACTERS_MIN));
  const serial = called || isModel ? null : parseSerial(match.replace(/[ -]/g, ''));
  if (!serial) return { value: null, rest: text };
  const rest = mask(text, from, from + match.length, 'serial');
  const again = rest.toUpperCase().indexOf(serial);
  return { value: serial, rest: again < 0 ? rest : mask(rest, again, again + serial.length, 'serial') };
}

function find(text: string, asked: boolean): string | null {
  const whole = LETTERS_AND_DIGITS.exec(text)?.[0] ?? null;
  if (asked) {
    const spaced = SPACED.exec(text)?.[0] ?? null;
    if (spaced && isSerial(spaced.replace(/[ -]/g, ''), true) && spaced.length > (whole?.length ?? 0)) return spaced;
    return whole ?? DIGITS.exec(text)?.[0] ?? null;
  }
  return whole && isSerial(whole, false) ? whole : null;
}

/** Unasked, a code with few digits is rather a model (XQG80TEST). */
function isSerial(code: string, asked: boolean): boolean {
  const digits = code.replace(/\D/g, '').length;
  return code.length >= 8 && code.length <= 20 && (asked ? digits >= 1 && (digits < code.length || digits >= 10) : digits >= DIGITS_MIN);
}
