/** Sentences nobody reads with certainty: which of them the weights of the day are unsure of is found out when it is asked. */
import { partReader } from '../../src/turn/answers.ts';
import { doubtOf } from '../../src/turn/proposal.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import type { Expected, Intent } from '../../src/understanding/understood.ts';

const SENTENCES: Readonly<Partial<Record<Intent, readonly string[]>>> = {
  query_progress: ['前头说的那档子', '那件事呢', '上次说的那个怎么着了', '上回那个呢', '那个啥呢现在'],
  inform: ['你找万科城市花园就对了', '就那个谁都知道的万科城市花园嘛', '哎呀万科城市花园嘛'],
};

/** The `nth` (0, 1, 2 …) of the sentences for an intent that is in doubt, the intent among its guesses. Throws when there is none by now. */
export function unclear(intent: Intent, asking: Expected | null, nth = 0): string {
  const readPart = partReader(createUnderstand(), { now: Date.parse('2026-11-20T10:00:00+08:00'), timeZone: 'Asia/Shanghai' });
  const found = SENTENCES[intent]?.filter((it) => {
    const read = readPart(it, asking);
    return (asking !== 'address' || read.entities.address === null) && doubtOf(it, read, asking)?.candidates.includes(intent);
  });
  const wanted = found?.[nth];
  if (wanted === undefined) throw new Error(`too many sentences for ${intent} are clear by now: add some that are not`);
  return wanted;
}
