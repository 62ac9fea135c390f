/**
 * A customer's end of each channel: what they say goes in as the channel's own signed request, and what comes on their
 * screen is heard when it does. The dialogs above know no channel.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Bell, createBell } from '../../test/support/bell.ts';
import { connect } from '../../test/support/direct-line-client.ts';
import type { Slack } from '../../test/support/slack-platform.ts';
import type { RecordedCall } from '../../test/support/slack-server.ts';
import type { WechatCustomer } from '../../test/support/wechat-customer.ts';
import { wordsOf } from '../../test/support/wechat-people.ts';

export const LOAD_CHANNELS = ['web-chat', 'wechat', 'slack'] as const;
export type LoadChannel = (typeof LOAD_CHANNELS)[number];

/** `unknown`: no answer of the channel came; the desk may have it all the same. */
export type Posted = 'taken' | 'refused' | 'unknown';

export type Line = {
  /** Never rejects. */
  readonly say: (text: string) => Promise<Posted>;
  /** The next words on the screen that fit; rejects after so long. */
  readonly next: (fits: (words: string) => boolean, milliseconds: number) => Promise<string>;
  /** Everything the desk has put on the screen, in order, as often as it came. */
  readonly heard: () => readonly string[];
  readonly close: () => void;
};

export type OpenLine = (customer: number) => Promise<Line>;

const CALL_MILLISECONDS = 10_000;
/** Of a hello: the platform wants a second between two messages in one channel, and the desk keeps to that. */
const PACE_MILLISECONDS = 1_200;

/** Direct Line: a token, a conversation, a WebSocket, and the hello on it. */
export function directLines(deskUrl: string): OpenLine {
  return async () => {
    const client = await connect(deskUrl, { callMilliseconds: CALL_MILLISECONDS });
    await client.next(undefined, CALL_MILLISECONDS).catch((error: unknown) => {
      client.close();
      throw error;
    });
    return {
      say: (text) =>
        client.say(text).then(
          () => 'taken',
          (error: unknown) => (error instanceof Error && 'status' in error ? 'refused' : 'unknown'),
        ),
      next: async (fits, milliseconds) => (await client.next((it) => fits(it.text), milliseconds)).text,
      heard: () => {
        const texts = client.messages.filter((it) => it.from.role !== 'user').map((it) => it.text);
        // The client shows what came again once, and counts it.
        return [...texts, ...Array.from({ length: client.doubled() }, () => texts[0] ?? '')];
      },
      close: client.close,
    };
  };
}

/** WeChat: somebody who follows the account and writes; callbacks are sealed and signed as the platform's. */
export function wechatLines(follower: () => WechatCustomer): OpenLine {
  return async () => {
    const customer = follower();
    return {
      say: async (text) => {
        const { status, body } = await customer.say(text);
        if (status === 'away') return 'unknown';
        return status === 200 && body === 'success' ? 'taken' : 'refused';
      },
      next: async (fits, milliseconds) => wordsOf(await customer.next((it) => fits(wordsOf(it)), milliseconds)),
      heard: customer.heard,
      close: () => undefined,
    };
  };
}

export type SlackScreens = {
  /** To be called with every call the platform gets. */
  readonly observe: (call: RecordedCall) => void;
  readonly lines: (slack: Pick<Slack, 'person' | 'event' | 'now'>) => OpenLine;
};

/** Slack: somebody who opens the bot's messages, reads its hello and writes; what the platform takes for their channel is on their screen. */
export function createSlackScreens(): SlackScreens {
  const screens = new Map<string, { readonly texts: string[]; readonly bell: Bell }>();
  return {
    observe({ method, args, answer }) {
      const screen = screens.get(String(args['channel']));
      if (method !== 'chat.postMessage' || answer !== 'ok' || screen === undefined) return;
      screen.texts.push(String(args['text']));
      screen.bell.ring();
    },
    lines: (slack) => async (customer) => {
      const person = slack.person({ name: `同事${customer}`, email: `c${customer}@example.com` });
      const texts: string[] = [];
      const bell = createBell();
      let taken = 0;
      screens.set(person.directChannel, { texts, bell });
      const opened = { type: 'app_home_opened', tab: 'messages', user: person.id, channel: person.directChannel };
      await slack.event({ ...opened, event_ts: String(slack.now() / 1_000) });
      await bell.until(
        () => (texts.length > 0 ? true : null),
        CALL_MILLISECONDS,
        () => 'a hello in Slack',
      );
      taken = texts.length;
      await pause(PACE_MILLISECONDS);
      return {
        say: async (text) => {
          const { status } = await person.dm(text);
          return status === 0 ? 'unknown' : status === 200 ? 'taken' : 'refused';
        },
        next: (fits, milliseconds) => {
          const look = () => {
            while (taken < texts.length) {
              const text = texts[taken++] ?? '';
              if (fits(text)) return text;
            }
            return null;
          };
          return bell.until(look, milliseconds, () => 'an answer in Slack');
        },
        heard: () => texts,
        close: () => void screens.delete(person.directChannel),
      };
    },
  };
}
