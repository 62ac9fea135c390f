/**
 * The sets of labelled sentences in `sets/`: those called `developed-on…` were looked at during development, `frozen` never.
 * Beside a set, `<name>.answers.json` lists the texts that answer a question and must not be taken for digressions.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { LabelledSentence } from './score.ts';

export type LabelledSet = {
  readonly name: string;
  readonly sentences: readonly LabelledSentence[];
  readonly answers: readonly string[] | null;
};

/** The set nobody looked at. */
export const FROZEN = 'frozen';

const FOLDER = new URL('./sets/', import.meta.url);
const SENTENCES = z.array(
  z.object({
    text: z.string(),
    now: z.string(),
    expects: z.string().nullable().default(null),
    intent: z.string(),
    entities: z.record(z.string(), z.unknown()),
  }),
);

export function readSet(name: string): LabelledSet {
  const answers = new URL(`${name}.answers.json`, FOLDER);
  return {
    name,
    sentences: SENTENCES.parse(readJson(new URL(`${name}.json`, FOLDER))),
    answers: existsSync(answers) ? z.array(z.string()).parse(readJson(answers)) : null,
  };
}

/** The names of the sets there are, the seen ones first. */
export function setNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => /^[^.]+\.json$/.test(file))
    .map((file) => file.replace('.json', ''))
    .sort();
}

function readJson(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
