/** What staff see of a customer unless they give a reason to see more: 138****8000, 王*, 北京市朝阳区 (S2-023). */
import type { AddressParts } from './contact.ts';

const HIDDEN = '****';

/** Masks an E.164 or national number, keeping the front (an area code whole) and the last four digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '');
  const national = digits.replace(/^(?:\+|00)86/, '');
  if (/^1[3-9]\d{9}$/.test(national)) return `${national.slice(0, 3)}${HIDDEN}${national.slice(-4)}`;
  const landline = /^(0?(?:10|2\d)|0?[3-9]\d{2})\d{7,8}$/.exec(national);
  if (landline?.[1] && !national.startsWith('+'))
    return `${landline[1].padStart(landline[1].startsWith('0') ? 0 : landline[1].length + 1, '0')}${HIDDEN}${national.slice(-4)}`;
  return national.length >= 9 ? `${national.slice(0, 3)}${HIDDEN}${national.slice(-4)}` : HIDDEN;
}

/** The first character and one star, however long the name is. */
export function maskName(name: string): string {
  return `${[...name.trim()][0] ?? ''}*`;
}

/** Province, city and district; a municipality is named once. Never the detail. */
export function maskAddress(address: Omit<AddressParts, 'detail'>): string {
  const { province, city, district } = address;
  return [province === city ? null : province, city, district].filter((it) => it !== null).join('');
}
