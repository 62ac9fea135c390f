/** Requests as no proper client sends them: bytes on a socket, when and how slowly the test likes. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The status line's number, or `cut` when the connection ended without an answer. */
export type RawAnswer = { readonly status: number | 'cut'; readonly text: string };

/** Sends pieces with a pause between, until they are through or the other side has ended it; resolves when it is closed. */
export async function sendRaw(url: string, pieces: Iterable<string>, pauseMilliseconds = 0): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  for (const piece of pieces) {
    if (socket.destroyed || !socket.writable) break;
    socket.write(piece);
    if (pauseMilliseconds > 0) await pause(pauseMilliseconds);
  }
  await closed;
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1];
  return { status: status === undefined ? 'cut' : Number(status), text };
}

/** The head of a request, ready for its body. */
export function head(method: string, path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** The same piece over and over: a sender that never ends. */
export function* dripping(first: string, piece: string): Generator<string> {
  yield first;
  for (;;) yield piece;
}
