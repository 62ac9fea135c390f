/**
 * How far the clocks of a time zone are ahead of UTC. Asked for every date in every sentence, and what `Intl` and dayjs do
 * to tell it costs more than the sentence: so it is kept for each quarter of an hour, on which every zone changes its clocks.
 */
import { MINUTE, SECOND } from './instant.ts';

const QUARTER = 15 * MINUTE;
const KEPT_MAX = 20_000;

const kept = new Map<string, Map<number, number>>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds to add to an instant (epoch milliseconds) to read the zone's clock off it as if it were UTC. */
export function zoneOffset(instant: number, timeZone: string): number {
  const quarter = Math.floor(instant / QUARTER);
  const offsets = kept.get(timeZone) ?? new Map<number, number>();
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  if (offsets.size >= KEPT_MAX) offsets.clear();
  const offset = offsetAt(quarter * QUARTER, timeZone);
  offsets.set(quarter, offset);
  kept.set(timeZone, offsets);
  return offset;
}

function offsetAt(instant: number, timeZone: string): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(instant)
      .map((it) => [it.type, Number(it.value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / SECOND) * SECOND;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
}
