/** What links in a chat lead to: the calendar file of a visit, and the page on personal data. */
import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { calendarFile } from '../domain/calendar-file.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { KnownTicket } from '../domain/known-ticket.ts';
import { render } from '../wording/render.ts';

export type CustomerLinkNeeds = {
  /** The appointment a file name of ours names, null for any other. */
  readonly readCalendarLink: (fileName: string) => Identifier | null;
  readonly ticketOfVisit: (appointmentId: Identifier) => Promise<KnownTicket | null>;
  readonly timeZone: string;
  readonly now: () => Instant;
};

const ALARM_MINUTES = 60;
const GONE = 'This visit was moved, called off, or is over. 这次上门已经改期、取消或结束\uFF0C请以聊天里的最新消息为准。';

/** Adds both routes. */
export function customerLinkRoutes(app: Pick<Hono, 'get'>, needs: CustomerLinkNeeds): void {
  const privacy = readFileSync(new URL('page/privacy.html', import.meta.url), 'utf8');
  app.get('/privacy', (c) => {
    c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    c.header('cache-control', 'public, max-age=3600');
    return c.html(privacy);
  });

  app.get('/visits/:file', async (c) => {
    const appointmentId = needs.readCalendarLink(c.req.param('file') ?? '');
    if (appointmentId === null) return c.text('Not found', 404);
    const ticket = await needs.ticketOfVisit(appointmentId);
    const now = needs.now();
    c.header('cache-control', 'no-store');
    if (ticket?.visit == null || ticket.visit.window.to < now) return c.text(GONE, 410);
    c.header('content-type', 'text/calendar; charset=utf-8');
    c.header('content-disposition', `attachment; filename="${ticket.number}.ics"`);
    return c.body(fileOf(ticket, ticket.visit, needs.timeZone, now));
  });
}

function fileOf(ticket: KnownTicket, visit: NonNullable<KnownTicket['visit']>, timeZone: string, now: Instant): string {
  const reading = { language: 'zh-CN', timeZone } as const;
  const appliances = { as: 'appliances', value: visit.tickets.flatMap((it) => it.appliance ?? []) } as const;
  const said = {
    numbers: { as: 'numbers', value: visit.tickets.map((it) => it.number) },
    engineer: { as: 'text', value: visit.engineer.name },
    phone: { as: 'phone', value: visit.engineer.phone },
  } as const;
  const entry = {
    uid: `${ticket.number}@baoxiu`,
    window: visit.window,
    summary: render({ key: 'calendar.summary', data: { appliances } }, reading),
    description: render({ key: 'calendar.description', data: said }, reading),
    alarmMinutes: ALARM_MINUTES,
  };
  return calendarFile(entry, now);
}
