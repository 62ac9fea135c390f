/** A desk with Slack customers for tests: a shop, the fake Slack, and what the platform tells brought to the functions that receive it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callsOf, createSlackClient } from '../../../src/channels/slack/api.ts';
import { createDirectChannels } from '../../../src/channels/slack/customer-channels.ts';
import { createFetchCustomerFiles } from '../../../src/channels/slack/customer-files.ts';
import { createCustomerReceive } from '../../../src/channels/slack/customer-receive.ts';
import { createCustomerSend } from '../../../src/channels/slack/customer-send.ts';
import { createChoiceReceive } from '../../../src/channels/slack/customer-tap.ts';
import { createFetchFiles } from '../../../src/channels/slack/fetch-files.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/policy.ts';
import { platformStore } from '../../../src/store/platform/platform-store.ts';
import { openShop, type Shop } from '../../support/chat.ts';
import { type Slack, startSlack } from '../../support/slack-platform.ts';
import { narrow } from '../../wording/narrow.ts';

export type CustomerDesk = {
  readonly shop: Shop;
  readonly slack: Slack;
  /** Where the platform brings what it tells. */
  readonly url: string;
  /** Brings the files that are awaited. */
  readonly fetchFiles: () => Promise<void>;
  /** The bot has nothing more to say. */
  readonly settled: () => Promise<void>;
  /** What a person sees of the bot in their direct channel, the last `count` posts. */
  readonly heard: (channel: string, count?: number) => readonly string[];
  readonly close: () => Promise<void>;
};

type Told = { readonly event: unknown; readonly team_id: string };

const ROOMY = { perSecond: 1_000, burst: 1_000 };

export async function openCustomerDesk(policy: Policy = DEFAULT_POLICY): Promise<CustomerDesk> {
  const shop = await openShop(undefined, policy);
  const { core } = shop;
  const { store, turns } = core;
  const slack = await startSlack({ pace: ROOMY, now: () => shop.clock.now });
  const call = callsOf(createSlackClient(slack));
  const channels = createDirectChannels(call);
  const platform = platformStore(store, DEFAULT_POLICY.wechat.sends);
  const log = () => undefined;
  const common = { ...store, ...core, secret: Buffer.alloc(32, 1), channels, call, policy, turnSoon: turns.turnSoon, log };
  const fetchFiles = createFetchCustomerFiles({
    ...common,
    media: platform.media,
    fetchFiles: createFetchFiles({ ...slack, policy }),
    limits: policy.limits,
  });
  const receive = createCustomerReceive({ ...common, acceptWithRemoteMedia: platform.acceptWithRemoteMedia, filesSoon: () => undefined });
  const tapped = createChoiceReceive({
    ...common,
    offered: async (conversationId, seq, number) => {
      const [row] = await store.readLog(conversationId, seq - 1, 1);
      return row?.seq === seq && row.from === 'bot' ? (row.body.choices[number - 1] ?? null) : null;
    },
  });
  const send = createCustomerSend({
    call,
    channels,
    fileUrl: core.fileUrl,
    wait: async () => undefined,
    troubled: log,
    now: core.now,
    log,
  });
  core.addChannel('slack', send);

  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const isForm = request.headers['content-type']?.includes('urlencoded') === true;
      const body = JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '{}') : text) as Told;
      (isForm ? tapped(body) : receive(body.event, body.team_id)).then(
        ({ kind }) => response.end(kind),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  slack.connect(url);

  const settled = async () => {
    await shop.settled();
    await slack.settled();
  };
  return {
    shop,
    slack,
    url,
    fetchFiles: async () => {
      await fetchFiles();
      await settled();
    },
    settled,
    heard: (channel, count = 100) =>
      slack
        .posts(channel)
        .filter((it) => it.isBot)
        .slice(-count)
        .map((it) => it.shown),
    close: async () => {
      slack.connect(null);
      server.close();
      await shop.close();
      await slack.close();
    },
  };
}

let people = 0;

/** Somebody of the workspace, and what they do and see. */
export function someone(desk: CustomerDesk) {
  people += 1;
  const person = desk.slack.person({ name: `Person ${people}` });
  const channel = person.directChannel;
  let seen = 0;
  const done = async <Done>(doing: Promise<Done>): Promise<Done> => {
    seen = desk.heard(channel).length;
    const answer = await doing;
    await desk.settled();
    return answer;
  };
  const rows = () =>
    desk.shop.rows<{ key: string; sender: string }>(
      `select m.channel_message_id as key, m.sender from message m join conversation c on c.id = m.conversation_id
       join channel_account a on a.id = c.account_id where a.external_id = $1 and m.direction = 'in' order by m.seq`,
      [person.id],
    );
  const event = (what: object) => done(desk.slack.event({ user: person.id, channel, event_ts: '1.0', ...what }));
  return {
    ...person,
    channel,
    done,
    rows,
    event,
    opens: () => event({ type: 'app_home_opened', tab: 'messages' }),
    says: (text: string) => done(person.dm(text)),
    /** Since they last did something; what already stood there may read otherwise now. */
    hears: () => narrow(desk.heard(channel).slice(seen).join('\n')),
    last: () => {
      const post = desk.slack.posts(channel).findLast((it) => it.isBot);
      if (post === undefined) throw new Error('nothing was said');
      return post;
    },
  };
}

export type Someone = ReturnType<typeof someone>;

/** The button under the last message whose label has `label` in it. */
export function tap(who: Someone, label: string, copies = 1) {
  const post = who.last();
  const button = post.buttons.find((it) => narrow(it.label).includes(label));
  if (button === undefined) throw new Error(`no ${label} among ${post.buttons.map((it) => it.label).join(' | ')}`);
  return who.done(who.click(post, button.actionId, { copies }));
}
