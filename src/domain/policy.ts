/**
 * The policy: every number and calendar a business would want to change without a programmer. `POLICY_FILE` is merged
 * over the default; unknown keys are faults.
 */
import { z } from 'zod';
import { APPLIANCES } from './appliance.ts';
import { COMPLAINT_CATEGORIES, GRAVITIES } from './complaint.ts';
import { parseLocalDay } from './instant.ts';
import { canStandIn, NOTICE_FACTS, NOTICE_REASONS } from './notice-template.ts';
import { EMERGENCIES } from './playbook.ts';
import { SURVEY_ITEMS } from './survey.ts';
import { LANGUAGES, PRIORITIES, STAFF_ROLES, TICKET_KINDS } from './ticket.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a clock time such as 08:30');
const day = z.string().refine((it) => parseLocalDay(it) !== null, 'a day such as 2026-10-01');
const block = z.strictObject({ from: clock, to: clock }).refine((it) => it.from < it.to, 'from must be before to');
const blocks = z.array(block).max(6).refine(areApart, 'must not overlap');
const minutes = z.number().min(0).max(525_600);
const perMinute = z.number().int().min(1).max(1_000_000);
const withinHours = z.number().min(0).max(8_760);
const promisedHours = z.strictObject({ urgent: withinHours, high: withinHours, normal: withinHours, low: withinHours });
const clockTarget = z.strictObject({ firstResponseMinutes: minutes, nextResponseMinutes: minutes, resolutionMinutes: minutes });
const byPriority = z.strictObject(
  Object.fromEntries(PRIORITIES.map((it) => [it, clockTarget])) as Record<(typeof PRIORITIES)[number], typeof clockTarget>,
);

/** Whether no two blocks share a minute. Clock times compare as text. */
function areApart(blocks: readonly { readonly from: string; readonly to: string }[]): boolean {
  const sorted = [...blocks].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.every((it, index) => index === 0 || (sorted[index - 1]?.to ?? it.from) <= it.from);
}

const numberPattern = z.string().regex(/^[A-Z]{2,4}-YYYY(MM)?-N{3,9}$/, 'such as TS-YYYYMM-NNNN');

/** A template of the account, and what stands in its fields; the platform wants them all. */
const noticeTemplate = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/, 'the id of a template'),
  by: z.enum(['template', 'subscription']),
  fields: z
    .record(z.string().max(40), z.union([z.enum(NOTICE_FACTS), z.strictObject({ text: z.string().min(1).max(32) })]))
    .refine((it) => Object.keys(it).length > 0, 'at least one field')
    .superRefine((fields, context) => {
      for (const [name, source] of Object.entries(fields))
        if (!canStandIn(name, source)) context.addIssue({ code: 'custom', path: [name], message: 'this kind of field does not take that' });
    }),
});

const slackChannel = z.string().regex(/^[A-Z][\w-]{1,63}$/, 'the id of a channel');
const steps = z.array(z.string().min(1).max(200)).max(20);

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
    /** Staff silent this long after a customer's message: the chat goes back to the queue, in its old place. */
    agentSilentMinutes: minutes,
    /** The customer silent this long after a staff message: the bot has the chat again. */
    customerSilentMinutes: minutes,
    /** Waiting time a customer ahead costs, until recent handoffs tell better. */
    averageMinutes: minutes,
  }),
  /** Who shows a ticket's number and phone wrongly this often within an hour is passed to a person. */
  proof: z.strictObject({
    wrongTriesPerHour: z.number().int().min(1).max(100),
    /** A customer asked whether another account is theirs has so long to say so. */
    linkHours: z.number().min(0.01).max(720),
  }),
  /** A visit whose window ended without arrival: by when the customer is told where the engineer is. */
  late: z.strictObject({ answerMinutes: minutes }),
  /** Calls for a human now: sent at once, then again and to more people until somebody acknowledges (S2-045). */
  paging: z.strictObject({
    repeatMinutes: z.number().min(0.01).max(1_440),
    sendsMax: z.number().int().min(1).max(10_000),
    /** Who is on call, rung by rung; a page climbs when nobody has acknowledged it `afterMinutes` after it was raised. */
    ladder: z
      .array(z.strictObject({ afterMinutes: minutes, roles: z.array(z.enum(STAFF_ROLES)).min(1) }))
      .min(1)
      .max(6)
      .refine((it) => it.every((rung, index) => index === 0 || (it[index - 1]?.afterMinutes ?? 0) < rung.afterMinutes), 'must climb'),
  }),
  reminders: z.strictObject({
    /** Local clock time of the reminder on the day before. */
    dayBeforeAt: clock,
    /** Before the window begins, on the day; never inside the quiet hours. */
    onDayMinutes: minutes,
  }),
  /** What has to reach a customer and did not, by their channel. */
  reach: z.strictObject({
    waitMinutes: minutes,
    /** Business time somebody has to phone them. */
    callMinutes: minutes,
  }),
  /** Visits are promised within these hours of the report, by priority; a city may promise otherwise (S2-004). */
  visitPromise: z.strictObject({ default: promisedHours, cities: z.record(z.string().max(40), promisedHours) }),
  burstMilliseconds: z.strictObject({
    'web-chat': z.number().min(0).max(60_000),
    wechat: z.number().min(0).max(60_000),
    slack: z.number().min(0).max(60_000),
    terminal: z.number().min(0).max(60_000),
  }),
  wechat: z.strictObject({
    /** Whether choices are sent as a menu to tap; some accounts may not, theirs are numbered text. */
    menus: z.boolean(),
    /** What the platform lets us send after a message, and after a click, a follow or a scan. */
    sends: z.strictObject({
      perMessage: z.number().int().min(1).max(100),
      messageHours: z.number().min(0.01).max(48),
      perEvent: z.number().int().min(1).max(100),
      eventMinutes: z.number().min(0.01).max(60),
    }),
    /** What the platform brings later than this is no longer part of a chat. */
    overAgeMinutes: z.number().min(1).max(1_440),
    /** Without a callback for this long the operator is told. */
    quietHours: z.number().min(0.01).max(8_760),
    /** What tells a customer who has not spoken for too long, by why they are told; without one they are told another way. */
    templates: z.partialRecord(z.enum(NOTICE_REASONS), noticeTemplate),
  }),
  /** The staff's own chat. */
  slack: z.strictObject({
    /** What staff read there. */
    language: z.enum(LANGUAGES),
    /** How long what staff write waits before it goes to the customer: an edit or a deletion still wins. */
    holdSeconds: z.number().min(0).max(60),
    /** Kinds of tickets that are shown as they are opened, besides urgent ones. */
    newTickets: z.array(z.enum(TICKET_KINDS)).max(TICKET_KINDS.length),
    /** Channel ids, where it is not the desk's: new tickets by kind, complaints by class (S2-060). */
    channels: z.strictObject({
      tickets: z.partialRecord(z.enum(TICKET_KINDS), slackChannel),
      complaints: z.partialRecord(z.enum(COMPLAINT_CATEGORIES), slackChannel),
    }),
    /** How long a link to a customer's file in a thread opens it; each opening is on record. */
    fileLinkHours: z.number().int().min(1).max(168),
    /** Local clock time of the morning digest; null: none. */
    digestAt: clock.nullable(),
  }),
  /** How much is let in. A minute's worth may come at once. Signed callbacks of a platform are never counted by address. */
  limits: z.strictObject({
    messageCharacters: z.number().int().min(1).max(4_000),
    /** Of one picture or file. */
    uploadBytes: z.number().int().min(1).max(33_554_432),
    filesPerMessage: z.number().int().min(1).max(20),
    filesPerConversation: z.number().int().min(1).max(10_000),
    /** Proxies whose `X-Forwarded-For` is believed: how many stand in front, or their addresses and subnets. */
    trustedProxies: z.union(
      [z.number().int().min(0).max(10), z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).max(100)],
      'a number of proxies up to 10, or a list of addresses and subnets',
    ),
    requestsPerAddressPerMinute: perMinute,
    tokensPerAddressPerMinute: perMinute,
    newConversationsPerAddressPerMinute: perMinute,
    messagesPerAddressPerMinute: perMinute,
    /** However many conversations a customer has open. */
    messagesPerAccountPerMinute: perMinute,
    messagesPerConversationPerMinute: perMinute,
    /** Reading the log, mostly: a client without a WebSocket polls. */
    callsPerConversationPerMinute: perMinute,
    /** Starts, reconnects and fresh tokens. */
    opensPerConversationPerMinute: perMinute,
    readsPerStaffTokenPerMinute: perMinute,
    writesPerStaffTokenPerMinute: perMinute,
    /** Tries with a token nobody has; then only tokens that were good before are looked at for a while. */
    failedSignInsPerAddressPerMinute: perMinute,
    /** WebSockets open at one time, on one process. */
    streams: z.number().int().min(1).max(100_000),
    streamsPerAddress: z.number().int().min(1).max(100_000),
    streamsPerConversation: z.number().int().min(1).max(100),
    framesPerStreamPerMinute: perMinute,
  }),
  survey: z.strictObject({
    /** From the end of the repair, or of the chat with staff, to the question. */
    delayMinutes: minutes,
    /** Without an answer it is asked once more after this long. */
    reminderHours: z.number().min(0).max(720),
    /** Without an answer it is given up after this long. */
    closeHours: z.number().min(0).max(2_160),
    /** Up to this score the reason is asked. */
    reasonScoreMax: z.number().int().min(0).max(5),
    /** Up to this score a recheck is opened (S2-055). */
    lowScoreMax: z.number().int().min(0).max(5),
    items: z.array(z.enum(SURVEY_ITEMS)).max(SURVEY_ITEMS.length),
    /** Whether anything else is asked for at the end. */
    comment: z.boolean(),
  }),
  complaints: z.strictObject({
    /** Letters, a year, perhaps a month, and a sequence without gaps: `TS-YYYYMM-NNNN`. */
    numberPattern,
    /** Of slips, where nothing was lost (S4-002). */
    slipNumberPattern: numberPattern,
    /** Who answers, by class (S2-060). */
    departments: z.strictObject(
      Object.fromEntries(COMPLAINT_CATEGORIES.map((it) => [it, z.string().min(1).max(20)])) as Record<
        (typeof COMPLAINT_CATEGORIES)[number],
        z.ZodString
      >,
    ),
    /** What an English sentence calls them; one that is not here keeps its name. */
    departmentsInEnglish: z.record(z.string().max(20), z.string().min(1).max(40)),
    /** Facts that make a complaint urgent, or high (S2-061). */
    urgent: z.array(z.enum(GRAVITIES)).max(GRAVITIES.length),
    high: z.array(z.enum(GRAVITIES)).max(GRAVITIES.length),
    /** Yuan: a sum from here on is a gravity. */
    amountYuan: z.number().min(0).max(1_000_000),
    /** The so-manieth complaint of a customer within `joinDays` is a gravity. */
    repeatFrom: z.number().int().min(2).max(100),
    /** A complaint of the same class within these days is of the same matter. */
    joinDays: z.number().int().min(0).max(365),
  }),
  /** A customer who leaves a question open is asked once whether they are still there; then the dialog is parked. */
  silence: z.strictObject({
    nudgeMinutes: minutes,
    /** Who comes back later than this is asked whether to go on. */
    parkMinutes: minutes,
  }),
  sla: z.strictObject(
    Object.fromEntries(TICKET_KINDS.map((it) => [it, byPriority])) as Record<(typeof TICKET_KINDS)[number], typeof byPriority>,
  ),
  /** How the promised times of `sla` run, and who is called when one is broken (S4-008). */
  slaClocks: z.strictObject({
    /** Priorities that count at any hour; the others count opening hours. */
    aroundTheClock: z.array(z.enum(PRIORITIES)).max(PRIORITIES.length),
    /** Somebody is warned when this share of the time is used up. */
    warnAt: z.number().min(0.01).max(1),
    /** After the promised time, on the same kind of time: whoever has it in hand, then those with one of the roles. */
    ladder: z
      .array(z.strictObject({ afterMinutes: minutes, to: z.union([z.literal('owner'), z.array(z.enum(STAFF_ROLES)).min(1)]) }))
      .max(6)
      .refine((it) => it.every((step, index) => index === 0 || (it[index - 1]?.afterMinutes ?? 0) < step.afterMinutes), 'must climb'),
  }),
  recheck: z.strictObject({ hours: z.number().min(0).max(720) }),
  /** Products their makers called back. */
  recalls: z
    .array(
      z.strictObject({
        code: z.string().min(1).max(40),
        appliance: z.enum(APPLIANCES),
        models: z
          .array(z.string().regex(/^[A-Z0-9][A-Z0-9/.-]{1,39}$/, 'a model in capitals, as printed on the label'))
          .min(1)
          .max(500),
        producedFrom: day.nullable(),
        producedTo: day.nullable(),
        stopUse: z.boolean(),
      }),
    )
    .max(200),
  /** What staff do, step by step, when they are called for one of these (S0-018). */
  playbooks: z.strictObject(Object.fromEntries(EMERGENCIES.map((it) => [it, steps])) as Record<(typeof EMERGENCIES)[number], typeof steps>),
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

/** Who is promised a call is not answered within the minute: the first response is the call. */
const calledBack = { high: target(60, 30, 1_440), normal: target(120, 60, 4_320), low: target(240, 240, 10_080) };

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
  proof: { wrongTriesPerHour: 5, linkHours: 72 },
  late: { answerMinutes: 10 },
  paging: {
    repeatMinutes: 5,
    sendsMax: 288,
    ladder: [
      { afterMinutes: 0, roles: ['dispatcher'] },
      { afterMinutes: 10, roles: ['quality'] },
      { afterMinutes: 20, roles: ['admin'] },
    ],
  },
  reminders: { dayBeforeAt: '18:00', onDayMinutes: 120 },
  reach: { waitMinutes: 5, callMinutes: 60 },
  visitPromise: { default: { urgent: 4, high: 24, normal: 48, low: 96 }, cities: {} },
  burstMilliseconds: { 'web-chat': 0, wechat: 2_500, slack: 0, terminal: 0 },
  wechat: {
    menus: true,
    sends: { perMessage: 5, messageHours: 48, perEvent: 3, eventMinutes: 1 },
    overAgeMinutes: 10,
    quietHours: 24,
    templates: {},
  },
  slack: {
    language: 'zh-CN',
    holdSeconds: 3,
    newTickets: ['complaint', 'enquiry', 'recheck'],
    channels: { tickets: {}, complaints: {} },
    fileLinkHours: 24,
    digestAt: '08:30',
  },
  // By address there is room for 300 customers behind one: each may write once a second and read five times.
  limits: {
    messageCharacters: 4_000,
    uploadBytes: 8_388_608,
    filesPerMessage: 5,
    filesPerConversation: 50,
    trustedProxies: 0,
    requestsPerAddressPerMinute: 120_000,
    tokensPerAddressPerMinute: 1_200,
    newConversationsPerAddressPerMinute: 1_000,
    messagesPerAddressPerMinute: 18_000,
    messagesPerAccountPerMinute: 240,
    messagesPerConversationPerMinute: 120,
    callsPerConversationPerMinute: 600,
    opensPerConversationPerMinute: 120,
    readsPerStaffTokenPerMinute: 6_000,
    writesPerStaffTokenPerMinute: 3_000,
    failedSignInsPerAddressPerMinute: 120,
    streams: 20_000,
    streamsPerAddress: 3_000,
    streamsPerConversation: 5,
    framesPerStreamPerMinute: 120,
  },
  survey: { delayMinutes: 60, reminderHours: 24, closeHours: 72, reasonScoreMax: 3, lowScoreMax: 2, items: [], comment: false },
  complaints: {
    numberPattern: 'TS-YYYYMM-NNNN',
    slipNumberPattern: 'YC-YYYYMM-NNNN',
    departments: { 'product-quality': '质量部', 'repair-service': '维修部', 'after-sales-service': '客服部', other: '客服部' },
    departmentsInEnglish: { 质量部: 'Our quality team', 维修部: 'Our repair team', 客服部: 'Customer care' },
    urgent: ['injury', 'offence', 'fire', 'media', 'regulator'],
    high: ['private-payment', 'amount', 'repeat'],
    amountYuan: 1_000,
    repeatFrom: 2,
    joinDays: 30,
  },
  silence: { nudgeMinutes: 20, parkMinutes: 240 },
  sla: {
    repair: targets,
    complaint: targets,
    warranty: targets,
    enquiry: { ...targets, ...calledBack },
    recheck: { ...targets, ...calledBack },
  },
  slaClocks: {
    aroundTheClock: ['urgent'],
    warnAt: 0.8,
    ladder: [
      { afterMinutes: 0, to: 'owner' },
      { afterMinutes: 30, to: ['dispatcher', 'quality'] },
      { afterMinutes: 120, to: ['admin'] },
    ],
  },
  recheck: { hours: 24 },
  recalls: [],
  playbooks: {
    gas: [
      '马上打电话：人出来了没有，阀门关了没有',
      '没打燃气公司的，请客户打，或者替客户打',
      '燃气公司确认安全以后再派师傅',
      '每30分钟回一次电话，直到确认安全',
    ],
    smoke: ['马上打电话：断电没有，还冒不冒烟', '烟不停就请客户打119', '当天派师傅检测，检测前不要通电'],
    fire: ['马上打电话：人出来了没有，打119没有', '等消防确认以后再联系上门', '报负责人，保留机器和现场照片'],
    shock: ['马上打电话：人怎么样，打120没有', '总闸关了没有，别碰机器', '当天派电工证师傅检测', '报负责人'],
    water_on_live: ['马上打电话：总闸关了没有', '水没停就请客户关总阀', '当天派师傅检测，检测前不要通电'],
    trapped: ['马上打电话：人怎么样，打119没有', '陪在电话上，直到救援到场', '报负责人'],
    recall: ['打电话核对型号和序列号', '请客户先停用，约上门或取回', '按召回通知免费处理，不收任何费用', '处理完回填召回编号'],
  },
  warranty: { repairDays: 90, anniversaryCovered: false },
};
