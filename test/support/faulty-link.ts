/**
 * The way from a desk to its PostgreSQL, as a TCP proxy that a test can break: gone (connections cut and refused), cut
 * once, stalled (connections are taken, and nothing is heard any more), or forgetful of the connections it has.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export type FaultyLink = {
  /** The database's URL by way of the link. */
  readonly url: string;
  /** Cuts every connection and refuses new ones. */
  readonly goAway: () => Promise<void>;
  /** Cuts every connection; new ones are let through. */
  readonly cut: () => void;
  /** Takes connections and what is said over them, and passes nothing on in either direction. */
  readonly stall: () => void;
  /** Lets the connections it has fall silent for ever, as a firewall does that forgot them; new ones are let through. */
  readonly forget: () => void;
  /** As if nothing had been; what a stall held back is passed on. */
  readonly comeBack: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Pair = { readonly near: Socket; readonly far: Socket };

/** A link to the database at `databaseUrl`, on a free port. */
export async function openFaultyLink(databaseUrl: string): Promise<FaultyLink> {
  const target = new URL(databaseUrl);
  const pairs = new Set<Pair>();
  const forgotten = new Set<Pair>();
  let isStalled = false;
  let server: Server | null = null;

  const take = (near: Socket) => {
    const far = connect({ host: target.hostname, port: Number(target.port) });
    const pair = { near, far };
    pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined);
      from.on('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
      if (!isStalled) from.pipe(to);
    }
  };

  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const opened = createServer(take);
      server = opened;
      opened.once('error', reject);
      opened.listen(port, '127.0.0.1', () => {
        const address = opened.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });

  const cut = () => {
    for (const { near, far } of [...pairs, ...forgotten]) {
      near.destroy();
      far.destroy();
    }
    pairs.clear();
    forgotten.clear();
  };

  const unlisten = () =>
    new Promise<void>((resolve) => {
      if (server === null) return resolve();
      server.close(() => resolve());
      server = null;
      cut();
    });

  const port = await listen(0);
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);

  return {
    url: url.href,
    goAway: unlisten,
    cut,
    stall() {
      isStalled = true;
      for (const pair of pairs) silence(pair);
    },
    forget() {
      for (const pair of pairs) {
        silence(pair);
        pairs.delete(pair);
        forgotten.add(pair);
      }
    },
    async comeBack() {
      // What was never stalled is piped already: a second pipe would say every byte twice.
      if (isStalled) {
        isStalled = false;
        for (const { near, far } of pairs) {
          near.pipe(far);
          far.pipe(near);
        }
      }
      if (server === null) await listen(port);
    },
    close: unlisten,
  };
}

function silence({ near, far }: Pair): void {
  near.unpipe(far);
  far.unpipe(near);
  near.pause();
  far.pause();
}
