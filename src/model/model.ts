/**
 * The optional model: asked in masked words, within a time, and left alone for a while when it keeps failing. It is no part
 * the desk depends on: whatever goes wrong here is "no proposal".
 */
import type { Doubt, Propose } from '../turn/proposal.ts';
import { type Answer, readAnswer } from './answer.ts';
import { complete, type Endpoint } from './chat-completion.ts';
import { type CircuitLimits, createCircuit } from './circuit.ts';
import type { MaskText } from './masked-text.ts';
import { promptOf } from './prompt.ts';

export type Model = {
  readonly propose: Propose;
  /** It failed too often and is not asked for the moment. */
  readonly isResting: () => boolean;
};

/** What became of a doubt: a proposal, no idea, a failure, or not asked because it rests. */
type ModelOutcome = 'proposed' | 'nothing' | 'failed' | 'resting';

type ModelNeeds = {
  readonly maskText: MaskText;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly observe: (outcome: ModelOutcome) => void;
};

type ModelLimits = CircuitLimits & { readonly callMilliseconds: number };

const LIMITS: ModelLimits = { callMilliseconds: 1_500, failuresMax: 3, restMilliseconds: 30_000 };
/** A turn that is stepped again, its window being gone, has the same doubt: it is asked about once. */
const KEPT_MILLISECONDS = 60_000;
const KEPT_MAX = 200;

type Kept = { readonly at: number; readonly answer: Promise<Answer | null> };

/** `limits` is for tests. */
export function createModel(endpoint: Endpoint, { maskText, now, observe }: ModelNeeds, limits: ModelLimits = LIMITS): Model {
  const circuit = createCircuit(now, limits);
  const kept = new Map<string, Kept>();

  /** Null when there was no answer. */
  async function ask(text: string, doubt: Doubt): Promise<Answer | null> {
    if (!circuit.admits()) {
      observe('resting');
      return null;
    }
    const answer = await complete(endpoint, promptOf(text, doubt), limits.callMilliseconds).then(readAnswer, () => null);
    circuit.ended(answer === null || answer.kind === 'unreadable' ? 'failed' : 'succeeded');
    observe(outcomeOf(answer, doubt));
    return answer;
  }

  async function askOnce(text: string, doubt: Doubt): Promise<Answer | null> {
    const key = JSON.stringify([text, doubt.asking, doubt.candidates]);
    const before = kept.get(key);
    const age = before === undefined ? null : now() - before.at;
    if (before !== undefined && age !== null && age >= 0 && age < KEPT_MILLISECONDS) return await before.answer;
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    const asked = ask(text, doubt);
    kept.set(key, { at: now(), answer: asked });
    const answer = await asked;
    if (answer === null) kept.delete(key);
    return answer;
  }

  return {
    isResting: circuit.isResting,
    async propose(doubt) {
      try {
        const text = maskText(doubt.text, doubt.asking);
        const answer = text === null ? null : await askOnce(text, doubt);
        return answer?.kind === 'proposal' ? answer.proposal : null;
      } catch {
        // What can't be masked does not leave, and no turn fails over it.
        observe('failed');
        return null;
      }
    },
  };
}

function outcomeOf(answer: Answer | null, { candidates }: Doubt): ModelOutcome {
  if (answer === null || answer.kind === 'unreadable') return 'failed';
  return answer.kind === 'proposal' && candidates.includes(answer.proposal.intent) ? 'proposed' : 'nothing';
}
