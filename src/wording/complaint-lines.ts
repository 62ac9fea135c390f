/** The complaint as it is read back, one fact a line; what is not known takes no line. */
import type { Appliance } from '../domain/appliance.ts';
import type { ComplaintCategory, ComplaintWish } from '../domain/complaint.ts';
import { maskPhone } from '../domain/privacy-mask.ts';
import type { Language } from '../domain/ticket.ts';
import { APPLIANCE_NAMES, COMPLAINT_CATEGORY_NAMES, COMPLAINT_WISH_NAMES } from './names.ts';

export type ComplaintFacts = {
  /** The customer's words, or how they begin. */
  readonly what: string;
  readonly about: { readonly number: string; readonly appliances: readonly Appliance[] } | null;
  /** A number they told that is none of their own tickets. */
  readonly number: string | null;
  readonly category: ComplaintCategory;
  readonly wish: ComplaintWish | null;
  /** Nothing was lost: it asks somebody to do better. */
  readonly slip: boolean;
  readonly phone: string | null;
};

export function complaintLines({ what, about, number, category, wish, slip, phone }: ComplaintFacts, language: Language): string {
  const zh = language === 'zh-CN';
  const line = (label: string, english: string, value: string | null) =>
    value === null ? [] : [zh ? `· ${label}：${value}` : `· ${english}: ${value}`];
  const appliances = about?.appliances.map((it) => APPLIANCE_NAMES[language][it]).join(zh ? '、' : ', ') ?? '';
  const toCheck = number === null ? null : zh ? `单号${number}，由同事核对` : `${number}, to be checked by a colleague`;
  const ticket = about === null ? null : zh ? `${appliances}（单号${about.number}）` : `${appliances} (${about.number})`;
  return [
    ...line('经过', 'What happened', `“${what}”`),
    ...line('关于', 'About', ticket ?? toCheck),
    ...line('分类', 'Class', COMPLAINT_CATEGORY_NAMES[language][category]),
    ...line('希望', 'You want', wished(wish, slip, language)),
    ...line('电话', 'Phone', phone === null ? null : maskPhone(phone)),
  ].join('\n');
}

/** A wish no button names is in their own words above. */
function wished(wish: ComplaintWish | null, slip: boolean, language: Language): string | null {
  const zh = language === 'zh-CN';
  if (slip) return zh ? '没有损失，请我们改进' : 'nothing was lost; we should do better';
  if (wish === 'other') return zh ? '按上面您说的办' : 'as you say above';
  return wish === null ? null : COMPLAINT_WISH_NAMES[language][wish];
}
