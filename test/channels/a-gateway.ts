/** A real HTTP server on loopback that remembers what it was sent and answers as the test says. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Request = { readonly headers: IncomingHttpHeaders; readonly body: unknown; readonly method: string | undefined };

export type Gateway = {
  readonly url: string;
  readonly requests: readonly Request[];
  answer: (response: ServerResponse) => void;
  readonly close: () => Promise<void>;
};

export async function aGateway(): Promise<Gateway> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      requests.push({ headers: request.headers, body: JSON.parse(text), method: request.method });
      gateway.answer(response);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`,
    requests,
    answer: (response) => response.writeHead(204).end(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gateway;
}

/** Ways a receiver fails without saying no. */
export const BROKEN: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'answers 500': (response) => response.writeHead(500).end('王芳 13800138000'),
  'stalls before it answers': () => undefined,
  'resets the connection': (response) => response.socket?.resetAndDestroy(),
  'sends elsewhere': (response) => response.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(),
};

/** Accepts, and then never stops talking. */
export function endless(response: ServerResponse): void {
  response.writeHead(200);
  const chunk = Buffer.alloc(65_536);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
