/**
 * Replies as data. A dialog names a reply key and hands it values; only `render.ts` turns them into a sentence, in the
 * customer's language. Terms: a *datum* is one value for a placeholder, tagged with how it reads.
 */
import type { Appliance, Fault } from '../domain/appliance.ts';
import type { ComplaintCategory, ComplaintWish } from '../domain/complaint.ts';
import type { Exclusion } from '../domain/exclusion.ts';
import type { LocalDay } from '../domain/instant.ts';
import type { Cover } from '../domain/terms.ts';
import type { ChatChannel, Language } from '../domain/ticket.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { ProductLayer } from '../domain/warranty.ts';
import type { ComplaintFacts } from './complaint-lines.ts';
import type { CoverOf, DaysOff, OpenOn } from './enquiry-lines.ts';
import type { ZH_CN } from './zh-cn.ts';

export type ReplyKey = keyof typeof ZH_CN;

/** Epoch milliseconds where a moment is meant. JSON, because dialogs keep data that outlives the process. */
export type Datum =
  | { readonly as: 'text'; readonly value: string }
  | { readonly as: 'number'; readonly value: number }
  | { readonly as: 'window'; readonly value: VisitWindow }
  | { readonly as: 'windows'; readonly value: readonly VisitWindow[] }
  | { readonly as: 'day'; readonly value: LocalDay }
  /** 明天10点前 is said with the day when it is not today; `now` tells which day that is. */
  | { readonly as: 'moment'; readonly value: number; readonly now: number }
  | { readonly as: 'clock'; readonly value: number }
  /** The local day of a moment: 11月12日. */
  | { readonly as: 'day-of'; readonly value: number }
  | { readonly as: 'appliances'; readonly value: readonly Appliance[] }
  | {
      readonly as: 'report';
      readonly value: { readonly appliance: Appliance; readonly faults: readonly Fault[]; readonly text: string | null };
    }
  | {
      readonly as: 'reports';
      readonly value: readonly { readonly appliance: Appliance; readonly faults: readonly Fault[]; readonly text: string | null }[];
    }
  | { readonly as: 'address'; readonly value: { readonly city: string; readonly district: string; readonly detail: string } }
  | { readonly as: 'person'; readonly value: { readonly name: string | null; readonly phone: string } }
  /** Who is at home when it is not the customer; nothing when null. */
  | { readonly as: 'on-site'; readonly value: { readonly who: string; readonly phone: string | null } | null }
  | { readonly as: 'phone'; readonly value: string }
  /** Where somebody chats with us. */
  | { readonly as: 'channel'; readonly value: ChatChannel }
  | { readonly as: 'covers'; readonly value: readonly { readonly appliance: Appliance; readonly cover: Cover }[] }
  | {
      readonly as: 'shops';
      readonly value: readonly { readonly name: string; readonly address: string; readonly opens: string; readonly closes: string }[];
    }
  | { readonly as: 'prices'; readonly value: readonly { readonly fault: Fault; readonly fromYuan: number; readonly toYuan: number }[] }
  | { readonly as: 'complaint-category'; readonly value: ComplaintCategory }
  | { readonly as: 'complaint-wish'; readonly value: ComplaintWish }
  /** A complaint read back, a line a fact. */
  | { readonly as: 'complaint'; readonly value: ComplaintFacts }
  | { readonly as: 'numbers'; readonly value: readonly string[] }
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  | { readonly as: 'purchase'; readonly value: string }
  /** 1年, 18个月. */
  | { readonly as: 'months'; readonly value: number }
  /** Each promise with its last day; not `exact`: counted from a month, not a day. */
  | { readonly as: 'layers'; readonly value: readonly ProductLayer[]; readonly exact: boolean }
  | { readonly as: 'exclusion'; readonly value: Exclusion }
  | { readonly as: 'fee'; readonly value: { readonly fromYuan: number; readonly toYuan: number } }
  | { readonly as: 'opening'; readonly value: readonly OpenOn[] }
  | { readonly as: 'days-off'; readonly value: { readonly spans: readonly DaysOff[]; readonly until: LocalDay } }
  | { readonly as: 'duration'; readonly value: number }
  | { readonly as: 'cover-months'; readonly value: readonly CoverOf[] }
  /** A text that is data, in both languages, and the facts it may name in braces. */
  | { readonly as: 'worded'; readonly value: Readonly<Record<Language, string>>; readonly facts: ReplyData };

export type ReplyData = Readonly<Record<string, Datum>>;

/** What to say, in no language yet. */
export type Reply = { readonly key: ReplyKey; readonly data: ReplyData };
