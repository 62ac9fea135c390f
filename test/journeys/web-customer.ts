/** A customer on Direct Line, over HTTP and WebSocket as any browser's, who sees the reply keys in `channelData`. */
import { type ChatActivity, connect } from '../support/direct-line-client.ts';
import { aFile } from '../support/files.ts';
import type { WholeDesk } from '../support/whole-desk.ts';
import type { Bubble, Customer, Door } from './play-chat.ts';

const ANSWER_MILLISECONDS_MAX = 15_000;
/** The round that asks surveys comes every ten seconds. */
const UNASKED_MILLISECONDS_MAX = 30_000;

export const webDoor: Door = { name: 'on the web channel', open: openOnWeb };

async function openOnWeb({ url }: WholeDesk): Promise<Customer> {
  const client = await connect(url);

  /** What a turn says is committed and sent together: with the last bubble that is waited for, everything else is there. */
  const hears = async (count: number, timeoutMilliseconds: number): Promise<readonly Bubble[]> => {
    const heard: Bubble[] = [];
    for (;;) {
      const activity = await client.next(undefined, heard.length < count ? timeoutMilliseconds : 0).catch(() => null);
      if (activity === null) return heard;
      heard.push(bubbleOf(activity));
    }
  };

  return {
    says: async (text, count) => {
      await client.say(text);
      return await hears(count, ANSWER_MILLISECONDS_MAX);
    },
    sendsPhoto: async (count) => {
      const contentUrl = `data:image/jpeg;base64,${Buffer.from(aFile('jpeg')).toString('base64')}`;
      await client.send({ attachments: [{ contentType: 'image/jpeg', contentUrl, name: 'photo.jpg' }] });
      return await hears(count, ANSWER_MILLISECONDS_MAX);
    },
    hears: (count) => hears(count, UNASKED_MILLISECONDS_MAX),
    leaves: async () => {
      const left = await hears(0, 0);
      client.close();
      return left;
    },
  };
}

function bubbleOf({ text, suggestedActions, channelData }: ChatActivity): Bubble {
  const labels = suggestedActions?.actions.map((it) => it.title) ?? [];
  return { text, labels, key: channelData.dialog?.reply.join('+') ?? '' };
}
