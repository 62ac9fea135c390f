/** What a message states, said briefly: `says({ phone: … })`. */
import { type Answers, type CustomerEvent, type DialogEvent, type FaultReport, NOTHING_SAID } from '../../flows/dialog-event.ts';
import type { Appliance, Fault } from '../../src/domain/appliance.ts';
import type { AddressParts, PhoneNumber } from '../../src/domain/contact.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { type Instant, type LocalDay, parseInstant } from '../../src/domain/instant.ts';
import type { VisitWindow } from '../../src/domain/visit-window.ts';
import type { VisitWish } from '../../src/domain/visit-wish.ts';

export const answers = (said: Partial<Answers>): Answers => ({ ...NOTHING_SAID, ...said });

export const says = (said: Partial<Answers>, text = '') =>
  ({ type: 'ANSWERED', answers: answers(said), text }) as const satisfies DialogEvent;

export const report = (appliance: Appliance | null, text: string | null = null, faults: readonly Fault[] = []): FaultReport => ({
  appliance,
  faults,
  text,
  errorCode: null,
});

export const address = (said: Partial<AddressParts>): AddressParts => ({
  province: null,
  city: null,
  district: null,
  detail: null,
  ...said,
});

export const HOME = address({
  province: '北京市',
  city: '北京市',
  district: '朝阳区',
  detail: '望京街道阜通东大街6号院3号楼1501',
});

export const PHONE = '+8613800138000' as PhoneNumber;
export const OTHER_PHONE = '+8613900139000' as PhoneNumber;

export const id = (name: string): Identifier => name as Identifier;

function at(moment: string): Instant {
  const instant = parseInstant(`${moment}+08:00`);
  if (instant === null) throw new Error(`not a moment: ${moment}`);
  return instant;
}

/** What a customer may say in any dialog, whatever is asked. */
export const SAID_IN_ANY: readonly CustomerEvent[] = [
  says({}, '?'),
  { type: 'AFFIRMED' },
  { type: 'DENIED' },
  { type: 'SKIPPED' },
  { type: 'WENT_BACK' },
  { type: 'REPEAT_ASKED' },
  { type: 'RESUMED' },
  { type: 'RESTARTED' },
  { type: 'CANCELLED' },
  { type: 'NOT_UNDERSTOOD' },
];

export const NOW = at('2026-11-20T10:00');

/** Two hours of a day of November 2026. */
export const windowOn = (day: number, hour: number): VisitWindow => ({
  from: at(`2026-11-${day}T${String(hour).padStart(2, '0')}:00`),
  to: at(`2026-11-${day}T${String(hour + 2).padStart(2, '0')}:00`),
});

export const wishFor = (day: string, part: VisitWish['part'] = null): VisitWish => ({
  dateFrom: day as LocalDay,
  dateTo: day as LocalDay,
  part,
  timeFrom: null,
  timeTo: null,
  bound: 'day',
  flag: null,
  fuzzy: false,
});
