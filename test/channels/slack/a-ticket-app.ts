/** The ticket parts of Slack on a real Bolt app over a real desk, and people of the fake Slack in front of it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { callsOf, createSlackClient, SILENT_LOGGER } from '../../../src/channels/slack/api.ts';
import { registerPages } from '../../../src/channels/slack/page-card.ts';
import { registerTickets } from '../../../src/channels/slack/register-tickets.ts';
import type { TicketSide } from '../../../src/channels/slack/ticket-side.ts';
import { boardDesk } from '../../../src/desk/board.ts';
import type { StaffMember } from '../../../src/desk/staff-member.ts';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';
import type { StaffRole } from '../../../src/domain/ticket.ts';
import { onceKeys } from '../../../src/store/desk/once.ts';
import { boardOn } from '../../../src/store/staff-chat/board.ts';
import { waitingCustomerOn } from '../../../src/store/staff-chat/waiting-customer.ts';
import { staffWords } from '../../../src/wording/staff/render.ts';
import { openDesk, type TestDesk, ZONE } from '../../desk/a-desk.ts';
import { newId } from '../../support/database.ts';
import type { SlackPerson } from '../../support/slack-person.ts';
import { type Slack, startSlack } from '../../support/slack-platform.ts';

export const DESK = 'C0DESK';
/** The platform waits three seconds; a machine that is busy with other tests may take more. */
const ANSWER_MILLISECONDS = 20_000;

export type TicketApp = {
  readonly at: TestDesk;
  readonly slack: Slack;
  readonly side: TicketSide;
  /** Somebody of the staff who is in Slack; `null`: nobody the desk knows. */
  readonly somebody: (role: StaffRole | null, name?: string) => Promise<{ readonly person: SlackPerson; readonly member: StaffMember }>;
  /** How often the cards were asked to look again. */
  readonly soon: () => number;
  readonly linked: { userId: string; email: string; by: StaffMember }[];
  /** One process more over the same store, different in so far as said: its address. Slack goes on telling the first. */
  readonly another: (different?: Partial<TicketSide>) => Promise<string>;
  readonly close: () => Promise<void>;
};

export async function openTicketApp(): Promise<TicketApp> {
  const at = await openDesk();
  const slack = await startSlack({ channels: [DESK], answerMilliseconds: ANSWER_MILLISECONDS });
  const members = new Map<string, StaffMember>();
  const linked: TicketApp['linked'] = [];
  let soon = 0;
  const side: TicketSide = {
    desk: at.desk,
    call: callsOf(createSlackClient({ botToken: slack.botToken, apiUrl: slack.apiUrl })),
    memberOf: async (userId) => members.get(userId) ?? null,
    userIdOf: async () => null,
    word: staffWords('zh-CN'),
    policy: DEFAULT_POLICY,
    timeZone: ZONE,
    now: () => at.clock.now,
    makeIdentifier: newId,
    log: () => {},
    soon: () => {
      soon += 1;
    },
    once: onceKeys(at.store),
    board: boardDesk({ board: boardOn(at.store), now: () => at.clock.now }),
    customerWaiting: waitingCustomerOn(at.store),
    linkStaff: async (by, userId, email) => {
      linked.push({ by, userId, email });
      return email === 'li@example.com' ? { id: newId(), name: '李敏', role: 'agent' } : null;
    },
  };
  const servers: Server[] = [];
  const another: TicketApp['another'] = async (different = {}) => {
    const server = await serve({ ...side, ...different }, slack);
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  slack.connect(await another());
  return {
    at,
    slack,
    side,
    soon: () => soon,
    linked,
    another,
    somebody: async (role, name = '李敏') => {
      const person = slack.person({ name });
      const member = await at.staff(role ?? 'agent', name);
      if (role !== null) members.set(person.id, member);
      return { person, member };
    },
    close: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await slack.close();
      await at.close();
    },
  };
}

async function serve(side: TicketSide, slack: Slack): Promise<Server> {
  const receiver = new HTTPReceiver({
    processBeforeResponse: true,
    signingSecret: slack.signingSecret,
    endpoints: '/slack/events',
    logger: SILENT_LOGGER,
  });
  const app = new App({
    receiver,
    logger: SILENT_LOGGER,
    authorize: async () => ({ botToken: slack.botToken, botUserId: slack.botUserId, botId: slack.botId }),
  });
  registerTickets(app, side);
  registerPages(app, side);
  const server = createServer((request, response) => receiver.requestListener(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
