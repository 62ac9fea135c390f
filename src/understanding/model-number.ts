/** A maker's model code: letters and digits, usually with a hyphen or slash (KFR-35GW/NhGc1B, F60-21WB1). */

import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const BODY = '[A-Za-z0-9]+(?:[-/.+][A-Za-z0-9()]+)*';
const NAMED = new RegExp(`型号(?:上?写的)?(?:应该|好像|大概)?(?:是|为|叫|[::])*\\s*["“]?([A-Za-z0-9]${BODY}(?: ?[-/] ?${BODY})*)`, 'i');
const HYPHENED = /(?<![A-Za-z0-9\-/+])(?=[A-Za-z0-9\-/()+.]*\d)[A-Za-z]{1,6}\d{0,6}[A-Za-z]{0,6}(?:[-/][A-Za-z0-9()+.]+)+(?![A-Za-z0-9])/;
const PLAIN = /(?<![A-Za-z0-9\-/+])[A-Za-z]{2,6}\d{2,6}[A-Za-z0-9]{0,8}(?![A-Za-z0-9])/;
const ASKED = /(?<![A-Za-z0-9\-/+])(?=[A-Za-z0-9\-/+. ]*\d)(?=[\d\-/+.]*[A-Za-z])[A-Za-z0-9]+(?:[-/+.][A-Za-z0-9()]+)*(?![A-Za-z0-9])/;
/** Asked for the name, which goes with the model: 65A5 alone. */
const BESIDE_NAME = /(?<![A-Za-z0-9\-/+])(?=[A-Za-z\-/+.]*\d)(?=[\d\-/+.]*[A-Za-z])[A-Za-z0-9]+(?:[-/+.][A-Za-z0-9()]+)*(?![A-Za-z0-9])/;
const LENGTH_MIN = 4;
const LENGTH_MAX = 30;
const NOT_MODELS =
  /^(?:wifi\d*|app|soho\d*|mp[34]|usb\d*|win\d+|iphone\d*|www\..*|https?.*|[a-z]\d{1,2}|24\/7|no\.?\d+|\d+(?:v|w|kw|hz|kg|l|ml|am|pm))$/i;

/** Upper case, or null when no model is stated. */
export function readModel(text: string, expects: Expected | null): Taken<string | null> {
  const named = NAMED.exec(text)?.[1];
  const written = (named && /\d/.test(named) ? named : null) ?? unnamed(text, expects);
  if (!written || written.length < (expects === 'model' || named ? 3 : LENGTH_MIN) || written.length > LENGTH_MAX)
    return { value: null, rest: text };
  if (NOT_MODELS.test(written)) return { value: null, rest: text };
  const from = text.indexOf(written);
  return { value: written.replace(/ /g, '').toUpperCase(), rest: mask(text, from, from + written.length, 'model') };
}

function unnamed(text: string, expects: Expected | null): string | null {
  if (expects === 'address') return null;
  const hyphened = HYPHENED.exec(text)?.[0];
  if (hyphened && hyphened.length >= LENGTH_MIN + 1) return hyphened;
  if (expects === 'model') return ASKED.exec(text)?.[0] ?? null;
  const plain = PLAIN.exec(text)?.[0];
  if (plain && plain.length >= LENGTH_MIN + 1) return plain;
  return expects === 'name' ? (BESIDE_NAME.exec(text)?.[0] ?? null) : null;
}
