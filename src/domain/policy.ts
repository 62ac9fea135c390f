/**
 * The policy: every number and calendar a business would want to change without a programmer. `POLICY_FILE` is merged
 * over the default; unknown keys are faults.
 */
import { z } from 'zod';
import { parseLocalDay } from './instant.ts';
import { PRIORITIES, TICKET_KINDS } from './ticket.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a clock time such as 08:30');
const day = z.string().refine((it) => parseLocalDay(it) !== null, 'a day such as 2026-10-01');
const block = z.strictObject({ from: clock, to: clock }).refine((it) => it.from < it.to, 'from must be before to');
const blocks = z.array(block).max(6).refine(areApart, 'must not overlap');
const minutes = z.number().min(0).max(525_600);
const clockTarget = z.strictObject({ firstResponseMinutes: minutes, nextResponseMinutes: minutes, resolutionMinutes: minutes });
const byPriority = z.strictObject(
  Object.fromEntries(PRIORITIES.map((it) => [it, clockTarget])) as Record<(typeof PRIORITIES)[number], typeof clockTarget>,
);

/** Whether no two blocks share a minute. Clock times compare as text. */
function areApart(blocks: readonly { readonly from: string; readonly to: string }[]): boolean {
  const sorted = [...blocks].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.every((it, index) => index === 0 || (sorted[index - 1]?.to ?? it.from) <= it.from);
}

export const policySchema = z.strictObject({
  company: z.string().min(1).max(40),
  booking: z.strictObject({
    /** Earliest start of an offered window, counted from now. */
    leadMinutes: minutes,
    horizonDays: z.number().int().min(1).max(90),
    changeCutoffMinutes: minutes,
    /** Yuan; shown before confirming when not 0. */
    cancelFee: z.number().min(0).max(10_000),
    /** Added after every window before the same engineer's next one. */
    travelBufferMinutes: minutes,
    /** The visit windows of a day, the same every day. */
    windows: z.array(block).min(1).max(12).refine(areApart, 'must not overlap'),
    offerMax: z.number().int().min(1).max(5),
    /** How long an offered earliest window is held for one customer. */
    holdMinutes: z.number().min(1).max(120),
    /** A person calls back within this business time (outside the area, unknown product). */
    callBackMinutes: minutes,
    appliancesMax: z.number().int().min(1).max(5),
  }),
  /** When people answer. Weekdays 1 (Monday) to 7; a holiday is closed, a make-up day works like a Monday. */
  hours: z
    .strictObject({
      weekdays: z.strictObject({ 1: blocks, 2: blocks, 3: blocks, 4: blocks, 5: blocks, 6: blocks, 7: blocks }),
      holidays: z.array(day).max(400),
      makeUpDays: z.array(day).max(400),
    })
    .refine((it) => it.makeUpDays.every((made) => !it.holidays.includes(made)), 'a day is a holiday or a make-up day, not both'),
  quietHours: z.strictObject({ from: clock, to: clock }),
  handoff: z.strictObject({
    agentSilentMinutes: minutes,
    customerSilentMinutes: minutes,
    averageMinutes: minutes,
  }),
  burstMilliseconds: z.strictObject({
    'web-chat': z.number().min(0).max(60_000),
    wechat: z.number().min(0).max(60_000),
    slack: z.number().min(0).max(60_000),
    terminal: z.number().min(0).max(60_000),
  }),
  limits: z.strictObject({
    messageCharacters: z.number().int().min(1).max(4_000),
    tokensPerAddressPerMinute: z.number().int().min(1).max(100_000),
    messagesPerConversationPerMinute: z.number().int().min(1).max(10_000),
  }),
  survey: z.strictObject({ delayMinutes: minutes, reminderHours: z.number().min(0).max(720) }),
  sla: z.strictObject(
    Object.fromEntries(TICKET_KINDS.map((it) => [it, byPriority])) as Record<(typeof TICKET_KINDS)[number], typeof byPriority>,
  ),
  recheck: z.strictObject({ hours: z.number().min(0).max(720) }),
  warranty: z.strictObject({
    /** S2-011 */
    repairDays: z.number().int().min(0).max(3_650),
    /** Whether the anniversary day itself is still covered. */
    anniversaryCovered: z.boolean(),
  }),
});

export type Policy = z.infer<typeof policySchema>;

const everyDay = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '21:00' },
];

const target = (firstResponseMinutes: number, nextResponseMinutes: number, resolutionMinutes: number) => ({
  firstResponseMinutes,
  nextResponseMinutes,
  resolutionMinutes,
});

const targets = { urgent: target(5, 10, 240), high: target(15, 30, 1_440), normal: target(30, 60, 4_320), low: target(120, 240, 10_080) };

export const DEFAULT_POLICY: Policy = {
  company: '保修通',
  booking: {
    leadMinutes: 120,
    horizonDays: 14,
    changeCutoffMinutes: 120,
    cancelFee: 0,
    travelBufferMinutes: 30,
    windows: [
      { from: '08:00', to: '10:00' },
      { from: '10:00', to: '12:00' },
      { from: '14:00', to: '16:00' },
      { from: '16:00', to: '18:00' },
      { from: '18:00', to: '20:00' },
    ],
    offerMax: 3,
    holdMinutes: 15,
    callBackMinutes: 120,
    appliancesMax: 3,
  },
  hours: {
    weekdays: { 1: everyDay, 2: everyDay, 3: everyDay, 4: everyDay, 5: everyDay, 6: everyDay, 7: everyDay },
    holidays: [],
    makeUpDays: [],
  },
  quietHours: { from: '21:30', to: '08:00' },
  handoff: { agentSilentMinutes: 10, customerSilentMinutes: 30, averageMinutes: 3 },
  burstMilliseconds: { 'web-chat': 0, wechat: 2_500, slack: 0, terminal: 0 },
  limits: { messageCharacters: 4_000, tokensPerAddressPerMinute: 1_200, messagesPerConversationPerMinute: 120 },
  survey: { delayMinutes: 60, reminderHours: 24 },
  sla: { repair: targets, complaint: targets, warranty: targets, enquiry: targets, recheck: targets },
  recheck: { hours: 24 },
  warranty: { repairDays: 90, anniversaryCovered: false },
};
