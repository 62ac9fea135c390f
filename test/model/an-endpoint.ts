/** A chat-completions endpoint on loopback: remembers what it was asked and answers as the test says. */
import type { ServerResponse } from 'node:http';
import { createMaskText } from '../../src/model/masked-text.ts';
import { createPlainText } from '../../src/understanding/plain-text.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import { aGateway, type Gateway } from '../channels/a-gateway.ts';

const understand = createUnderstand();
const about = { now: Date.parse('2026-11-20T10:00:00+08:00'), timeZone: 'Asia/Shanghai' };

/** As the desk makes it. */
export const maskText = createMaskText(createPlainText(), (text, expects) => understand(text, { ...about, expects }).entities);

export type ModelEndpoint = Gateway & {
  readonly baseUrl: string;
  /** From now on the model writes this. */
  readonly writes: (content: string | null) => void;
};

export async function anEndpoint(): Promise<ModelEndpoint> {
  const gateway = await aGateway();
  const endpoint: ModelEndpoint = Object.assign(gateway, {
    baseUrl: new URL('/v1', gateway.url).href,
    writes: (content: string | null) => {
      gateway.answer = (response) => complete(response, content);
    },
  });
  return endpoint;
}

/** What an endpoint sends when the model has written `content`; on any other path it is not found. */
export function complete(response: ServerResponse, content: string | null): void {
  const found = response.req.url === '/v1/chat/completions';
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ id: 'x', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content } }] }));
}
