/**
 * Tells which conversations another process has written outgoing messages for, so that the process holding the
 * customer's socket can push at once. A notice may be lost while reconnecting: the sweep is what guarantees delivery.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Identifier, parseIdentifier } from '../domain/identifier.ts';
import { codeOf, type Log } from './connection.ts';

/** Calls back for every conversation of which *another* process wrote; the promise given back stops listening. */
export type ListenOutgoing = (onConversation: (conversationId: Identifier) => void) => Promise<() => Promise<void>>;

const RECONNECT_MILLISECONDS = 500;
const UUID_CHARACTERS = 36;

export function listenOutgoingOn(url: string, holder: Identifier, log: Log): ListenOutgoing {
  return async (onConversation) => {
    let stopped = false;
    const connect = async (): Promise<pg.Client> => {
      const client = new pg.Client({ connectionString: url, keepAlive: true });
      client.on('error', (error) => log('warn', 'store.listener-lost', { reason: codeOf(error) }));
      client.on('notification', ({ payload = '' }) => {
        const conversationId = parseIdentifier(payload.slice(0, UUID_CHARACTERS));
        if (conversationId !== null && payload.slice(UUID_CHARACTERS + 1) !== holder) onConversation(conversationId);
      });
      await client.connect();
      await client.query('listen baoxiu_outgoing');
      client.once('end', () => void reconnect());
      return client;
    };
    const reconnect = async (): Promise<void> => {
      while (!stopped) {
        await sleep(RECONNECT_MILLISECONDS, undefined, { ref: false });
        const client = stopped ? null : await connect().catch(() => null);
        if (client) {
          current = client;
          return;
        }
      }
    };
    let current = await connect();
    return async () => {
      stopped = true;
      await current.end().catch(() => undefined);
    };
  };
}
