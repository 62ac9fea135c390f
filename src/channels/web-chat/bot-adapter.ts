/**
 * The stock `CloudAdapter` of botbuilder with only its authentication replaced, so that activities go in and out without
 * an app id and without HTTP. The only file that knows botbuilder; there is no `/api/messages`, where anybody could make
 * the bot call a server of their choice.
 */
import { type Activity, CloudAdapter, type ConversationReference } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import type { Lane } from '../../turn/message.ts';
import { activityIdOf, type CustomerActivity, type DirectLineActivity, sequenceOf } from './activity.ts';
import type { Pass } from './pass.ts';

export type BotAdapter = {
  /** Runs one turn of the bot, which is `take` with the activity as the bot sees it; what `take` throws is thrown here. */
  readonly receive: <Outcome>(
    pass: Pass,
    id: string,
    posted: CustomerActivity,
    take: (activity: CustomerActivity) => Promise<Outcome>,
  ) => Promise<Outcome>;
  /** Sends activities of one speaker, in order, through the adapter to `HandOver`. */
  readonly say: (lane: Lane, activities: readonly DirectLineActivity[]) => Promise<void>;
};

/** Where an activity that left the bot goes: called once for each, in order. */
export type HandOver = (conversationId: Identifier, activity: DirectLineActivity) => Promise<void>;

// Never called: activities are handed over in this process.
const SERVICE_URL = 'urn:baoxiu:web-chat';
const CHANNEL = 'directline';

/** The adapter, whose outgoing activities go to `handOver`. */
export function createBotAdapter(handOver: HandOver): BotAdapter {
  const connector = localConnector(handOver);

  class LocalConnectorFactory extends ConnectorFactory {
    override create(): Promise<ConnectorClient> {
      return Promise.resolve(connector);
    }
  }

  const everybody: AuthenticateRequestResult = {
    audience: '',
    claimsIdentity: new ClaimsIdentity([]),
    connectorFactory: new LocalConnectorFactory(),
  };

  class LocalAuthentication extends BotFrameworkAuthentication {
    override authenticateRequest(): Promise<AuthenticateRequestResult> {
      return Promise.reject(new Error('invariant: requests are let in by their pass, not by the bot adapter'));
    }
    override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
      return this.authenticateRequest();
    }
    override createConnectorFactory(): ConnectorFactory {
      return new LocalConnectorFactory();
    }
    override createUserTokenClient(): Promise<UserTokenClient> {
      // Signing customers in by OAuth is no part of the desk; the adapter only carries this along.
      return Promise.resolve({} as UserTokenClient);
    }
  }

  const adapter = new CloudAdapter(new LocalAuthentication());

  return {
    async receive(pass, id, posted, take) {
      const outcomes: Awaited<ReturnType<typeof take>>[] = [];
      let thrown: unknown = null;
      await adapter.processActivityDirect(everybody, incoming(pass, id, posted), async (context) => {
        // The adapter would wrap what is thrown in a text of its own.
        try {
          outcomes.push(await take(context.activity as unknown as CustomerActivity));
        } catch (error) {
          thrown = error;
        }
      });
      if (thrown !== null) throw thrown;
      const [outcome] = outcomes;
      if (outcome === undefined) throw new Error('invariant: the adapter ran no turn');
      return outcome;
    },

    async say(lane, activities) {
      const [first] = activities;
      if (first === undefined) return;
      const reference: Partial<ConversationReference> = {
        channelId: CHANNEL,
        serviceUrl: SERVICE_URL,
        bot: { ...first.from, name: first.from.name ?? '' },
        user: { id: lane.externalId, name: '' },
        conversation: conversationOf(lane.conversationId),
      };
      await adapter.continueConversationAsync('', reference, async (context) => {
        await context.sendActivities(activities.map((it) => ({ ...it }) as unknown as Partial<Activity>));
      });
    },
  };
}

function incoming(pass: Pass, id: string, posted: CustomerActivity): Activity {
  const activity = {
    type: posted.type,
    id,
    channelId: CHANNEL,
    serviceUrl: SERVICE_URL,
    conversation: conversationOf(pass.conversationId),
    from: { id: pass.user, name: '', role: 'user' },
    recipient: { id: 'bot', name: '', role: 'bot' },
    text: posted.text,
    value: posted.value,
    attachments: posted.attachments,
    channelData: posted.channelData,
  };
  // Activity demands fields of other channels that no adapter reads.
  return activity as unknown as Activity;
}

function conversationOf(id: string) {
  return { id, name: '', isGroup: false, conversationType: '' };
}

/** The two calls of a connector that the adapter makes. */
function localConnector(handOver: HandOver): ConnectorClient {
  const sendToConversation = async (id: string, activity: Partial<Activity>) => {
    const conversationId = parseIdentifier(id);
    if (conversationId === null) throw new Error('invariant: an activity left the bot without its conversation');
    const wire = onTheWire(conversationId, activity);
    await handOver(conversationId, wire);
    return { id: wire.id };
  };
  const conversations = {
    sendToConversation,
    replyToActivity: (conversationId: string, _replyToId: string, activity: Partial<Activity>) =>
      sendToConversation(conversationId, activity),
  };
  return { conversations } as unknown as ConnectorClient;
}

/** What the adapter took away (the id) is put back; what it added (a `replyToId` nobody knows, a service URL) stays here. */
function onTheWire(conversationId: Identifier, activity: Partial<Activity>): DirectLineActivity {
  const seq = sequenceOf(activity.channelData);
  if (seq === null) throw new Error('invariant: an activity left the bot without its place in the log');
  const { type, timestamp, channelId, from, text, textFormat, locale, attachments, suggestedActions, channelData } = activity;
  const wire = {
    type,
    id: activityIdOf(conversationId, seq),
    timestamp,
    channelId,
    conversation: { id: conversationId },
    from,
    text,
    textFormat,
    locale,
    channelData,
  };
  return { ...wire, ...(attachments && { attachments }), ...(suggestedActions && { suggestedActions }) } as unknown as DirectLineActivity;
}
