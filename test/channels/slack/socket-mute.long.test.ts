/** A Slack that takes the call and says no word must not keep us from calling again. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createSocketReceiver } from '../../../src/channels/slack/receivers.ts';

const AGAIN_MILLISECONDS_MAX = 40_000;

let calls = 0;
const sockets = new WebSocketServer({ noServer: true });
const server = createServer((_request, response) => {
  const { port } = server.address() as AddressInfo;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
});
server.on('upgrade', (request, socket, head) => {
  calls += 1;
  const isMute = calls === 1;
  sockets.handleUpgrade(request, socket, head, (opened) => {
    if (!isMute) opened.send(JSON.stringify({ type: 'hello' }));
  });
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  for (const socket of sockets.clients) socket.terminate();
  server.close();
});

it('is called again, and then heard', { timeout: 2 * AGAIN_MILLISECONDS_MAX }, async () => {
  const { port } = server.address() as AddressInfo;
  const told: unknown[] = [];
  const { receiver, isConnected } = createSocketReceiver({
    appToken: 'xapp-1',
    apiUrl: `http://127.0.0.1:${port}/api/`,
    failed: (error) => told.push(error),
  });
  void receiver.start();
  await expect.poll(isConnected, { timeout: AGAIN_MILLISECONDS_MAX }).toBe(true);
  expect(calls).toBe(2);
  await receiver.stop();
});
