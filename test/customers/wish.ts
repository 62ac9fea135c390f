/**
 * When a customer would like the visit, in their words, and which windows answer it. Days are local days of the desk's
 * calendar (Asia/Shanghai); a day never changes, only what it is called does.
 */
import type { Register } from './manner.ts';
import type { Random } from './random.ts';
import { CLOCKS, DAY_AND_CLOCK, DAY_AND_PART, DAY_ONLY, type DayPart, PARTS, SOONEST } from './sentences/times.ts';

export type Wish =
  | { readonly kind: 'part'; readonly day: string; readonly part: DayPart }
  | { readonly kind: 'clock'; readonly day: string; readonly clock: number }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'soonest' }
  /** They look at what there is. */
  | { readonly kind: 'none' };

const ZONE = 'Asia/Shanghai';
const DAY_MILLISECONDS = 86_400_000;
/** From tomorrow on; the desk opens 14 days. */
const DAYS_AHEAD_MAX = 9;
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

export function localDay(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(at);
}

export function localClock(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, timeStyle: 'short' }).format(at);
}

/** A wish that no other window of `not` answers as well. */
export function drawWish(random: Random, now: number, not: Wish | null = null): Wish {
  for (;;) {
    const day = localDay(now + random.between(1, DAYS_AHEAD_MAX) * DAY_MILLISECONDS);
    const wish = random.pick<Wish>([
      { kind: 'part', day, part: random.pick(['morning', 'afternoon', 'evening']) },
      { kind: 'part', day, part: random.pick(['morning', 'afternoon', 'evening']) },
      { kind: 'clock', day, clock: random.between(0, CLOCKS.length - 1) },
      { kind: 'clock', day, clock: random.between(0, CLOCKS.length - 1) },
      { kind: 'day', day },
    ]);
    if (not === null || !('day' in not) || ('day' in wish && wish.day !== not.day)) return wish;
  }
}

/** Whether a window that starts then is what they wished for. */
export function answersWish(wish: Wish, startsAt: number): boolean {
  switch (wish.kind) {
    case 'none':
    case 'soonest':
      return true;
    case 'day':
      return localDay(startsAt) === wish.day;
    case 'part':
      return localDay(startsAt) === wish.day && PARTS[wish.part].starts.some((it) => it === localClock(startsAt));
    case 'clock':
      return localDay(startsAt) === wish.day && CLOCKS[wish.clock]?.start === localClock(startsAt);
  }
}

/** The wish in words; `bare` leaves the sentence around it out. */
export function wishInWords(wish: Wish, register: Register, random: Random, now: number, bare = false): string {
  const day = 'day' in wish ? dayInWords(wish.day, register, random, now) : '';
  const template = (list: readonly string[], plain: string) => (bare ? plain : random.pick(list));
  switch (wish.kind) {
    case 'none':
    case 'soonest':
      return random.pick(SOONEST[register]);
    case 'day':
      return template(DAY_ONLY[register], '{day}').replace('{day}', day);
    case 'part': {
      const { zh, cantonese, en } = PARTS[wish.part];
      const part = random.pick<string>(register === 'english' ? en : register === 'cantonese' ? cantonese : zh);
      const joined = register === 'english' ? '{day} {part}' : '{day}{part}';
      return template(DAY_AND_PART[register], joined).replace('{day}', day).replace('{part}', part);
    }
    case 'clock': {
      const clock = CLOCKS[wish.clock] ?? CLOCKS[0];
      const english = register === 'english';
      return template(DAY_AND_CLOCK[register], english ? '{day} at {from}' : '{day}{from}')
        .replace('{day}', day)
        .replaceAll('{from}', english ? clock.english : clock.from)
        .replace('{to}', clock.to);
    }
  }
}

function dayInWords(day: string, register: Register, random: Random, now: number): string {
  const noon = new Date(`${day}T04:00:00Z`);
  const today = new Date(`${localDay(now)}T04:00:00Z`);
  const ahead = Math.round((noon.getTime() - today.getTime()) / DAY_MILLISECONDS);
  if (register === 'english')
    return ahead === 1
      ? 'tomorrow'
      : new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long' }).format(noon).replace(',', '');
  if (register === 'cantonese' && ahead <= 2) return ahead === 1 ? '听日' : '后日';
  if (ahead <= 3 && random.chance(0.8)) return ['今天', '明天', '后天', '大后天'][ahead] ?? '';
  const [, month = '', date = ''] = day.split('-').map((it) => String(Number(it)));
  const weekday = WEEKDAYS[noon.getUTCDay()] ?? '';
  // Weeks start on Monday.
  const weeks = Math.floor((ahead + ((today.getUTCDay() + 6) % 7)) / 7);
  const ofWeek = [
    ['周', '这周', '星期'],
    ['下周', '下星期', '下礼拜'],
  ][weeks];
  if (ofWeek !== undefined && random.chance(0.5)) return `${random.pick(ofWeek)}${weekday}`;
  // 3号 beside a list could be its third.
  return random.pick([`${month}月${date}号`, `${month}月${date}日`, ...(date.length > 1 ? [`${date}号`] : [])]);
}
