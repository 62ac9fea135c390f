/** Whoever writes to the bot directly is a customer: the same dialogs as anywhere else, in a channel of their own. */
import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, SECOND } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CleanFile } from '../../turn/clean-file.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { Choice } from '../../turn/message.ts';
import type { AcceptWithRemoteMedia, AwaitedMediaStore } from '../../turn/platform-ports.ts';
import type { Accept, OpenConversation, Send } from '../../turn/ports.ts';
import type { CallSlack } from './api.ts';
import { createDirectChannels } from './customer-channels.ts';
import { createFetchCustomerFiles } from './customer-files.ts';
import { type CustomerGapsNeeds, createFillCustomerGaps } from './customer-gaps.ts';
import { createCustomerReceive } from './customer-receive.ts';
import { createCustomerSend } from './customer-send.ts';
import { createChoiceReceive } from './customer-tap.ts';
import type { FetchFiles } from './fetch-files.ts';

export type CustomerNeeds = {
  readonly secret: Buffer;
  readonly openConversation: OpenConversation;
  readonly accept: Accept;
  readonly cleanFile: CleanFile;
  readonly acceptWithRemoteMedia: AcceptWithRemoteMedia;
  readonly media: AwaitedMediaStore;
  readonly offered: (conversationId: Identifier, seq: number, number: number) => Promise<Choice | null>;
  readonly turnSoon: (conversationId: Identifier, hurry?: 'at-once') => void;
  readonly tellsOfDanger: (text: string) => boolean;
  readonly lately: CustomerGapsNeeds['lately'];
  readonly fileUrl: FileUrl;
  readonly policy: Policy;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

export type Customers = {
  readonly register: (app: App) => void;
  readonly send: Send;
  readonly fetchRound: () => Promise<void>;
  readonly fillGaps: () => Promise<void>;
  /** The platform's code of why nothing reaches any customer; null when all is well. */
  readonly trouble: () => string | null;
};

export const FETCH_EVERY_MILLISECONDS = 2 * SECOND;

export function createCustomers(needs: CustomerNeeds, call: CallSlack, fetchFiles: FetchFiles): Customers {
  const { policy, log } = needs;
  const channels = createDirectChannels(call);
  let trouble: string | null = null;
  const fetchRound = createFetchCustomerFiles({ ...needs, call, fetchFiles, limits: policy.limits });
  const filesSoon = () => void fetchRound().catch(() => log('slack-file-put-off', {}));
  const receive = createCustomerReceive({ ...needs, channels, filesSoon });
  const tapped = createChoiceReceive({ ...needs, channels, call });
  const troubled = (code: string | null) => {
    trouble = code;
  };
  return {
    register: (app) => {
      app.event('message', async ({ event, body }) => {
        if (event.channel_type === 'im' || event.channel_type === 'app_home') await receive(event, body.team_id);
      });
      app.event('app_home_opened', async ({ event, body }) => {
        await receive(event, body.team_id);
      });
      app.action({ action_id: /^choice:/, type: 'block_actions' }, async ({ body, ack }) => {
        await tapped(body);
        await ack();
      });
    },
    send: createCustomerSend({ ...needs, call, channels, wait, troubled }),
    fetchRound,
    fillGaps: createFillCustomerGaps({ ...needs, call, channels, receive }),
    trouble: () => trouble,
  };
}
