/** `npm run --silent understand`: JSON lines in, JSON lines out. A line that can't be read is answered with its error. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { parseInstant } from '../domain/instant.ts';
import { label, parseExpected } from './labels.ts';
import { createUnderstand } from './understand.ts';
import type { Understand } from './understood.ts';

/** Labels are local days of this zone; `now` carries its own offset. */
const TIME_ZONE = 'Asia/Shanghai';
const LINE = z.object({ text: z.string(), now: z.string(), expects: z.string().nullish() });

const understand = createUnderstand();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answer(line, understand))}\n`);
}

function answer(line: string, read: Understand): object {
  const parsed = LINE.safeParse(parseJson(line));
  if (!parsed.success) return { error: 'a line is { text, now, expects? } as JSON' };
  const now = parseInstant(parsed.data.now);
  if (now === null) return { error: '`now` is an ISO time with an offset' };
  const { text, expects } = parsed.data;
  const slot = expects ? parseExpected(expects) : null;
  if (expects && !slot) return { error: `no slot is called ${expects}` };
  return label(read(text, { now, timeZone: TIME_ZONE, expects: slot }));
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
