/**
 * One call of an OpenAI-compatible chat-completions endpoint: one try, one limit for headers and body together. What comes
 * back is text of a stranger and nothing more.
 */
import { z } from 'zod';
import type { ChatMessage } from './prompt.ts';

/** `baseUrl` as such endpoints give it, mostly ending in `/v1`; `apiKey` is sent as bearer. */
export type Endpoint = { readonly baseUrl: string; readonly name: string; readonly apiKey: string | null };

const BODY_BYTES_MAX = 64 * 1024;
/** An answer is a line of JSON; a model that thinks aloud needs some more. */
const TOKENS_MAX = 400;

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1) });

/** What the model wrote. Throws when the endpoint fails, talks nonsense, or has not finished after `milliseconds`. */
export async function complete(endpoint: Endpoint, messages: readonly ChatMessage[], milliseconds: number): Promise<string> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), milliseconds);
  try {
    const response = await fetch(completionsUrl(endpoint.baseUrl), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(endpoint.apiKey !== null && { Authorization: `Bearer ${endpoint.apiKey}` }),
      },
      body: JSON.stringify({ model: endpoint.name, messages, temperature: 0, max_tokens: TOKENS_MAX, stream: false }),
      // A customer's words go to nobody but who was configured.
      redirect: 'manual',
      signal: late.signal,
    });
    if (!response.ok) throw new Error(`The model answered ${response.status}`);
    const { choices } = completion.parse(JSON.parse(await readAtMost(response, BODY_BYTES_MAX)));
    return choices[0]?.message.content ?? '';
  } finally {
    clearTimeout(timer);
    // Ends whatever was not read: a refusal's body, one that is too long.
    late.abort();
  }
}

function completionsUrl(baseUrl: string): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  return url;
}

async function readAtMost({ body }: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new Error('The model answered too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
