/**
 * What an open question does to the classifier's chances: it has learnt from bare sentences, and once something was asked an
 * answer is likelier and a greeting is not. Asked nothing, nobody answers.
 */
import type { Guess } from './intent-classifier.ts';
import type { Expected, Intent } from './understood.ts';

type Odds = Readonly<Partial<Record<Intent, number>>>;

/** Times as likely as in a bare sentence; once for those not named. */
const ASKED_NOTHING: Odds = { inform: 0.2, skip: 0.5 };
const ASKED: Odds = {
  inform: 3,
  skip: 2,
  correct: 2,
  book_repair: 0.5,
  complaint: 0.5,
  cancel_booking: 0.5,
  praise: 0.3,
  out_of_scope: 0.5,
  chitchat: 0.5,
  greet: 0.5,
};
const ASKED_TO_CONFIRM: Odds = { ...ASKED, inform: 1, affirm: 4, deny: 4, correct: 4 };
const ASKED_FOR_A_SCORE: Odds = { ...ASKED, survey_score: 3, inform: 1, praise: 1, complaint: 1 };

/** The guesses, best first, as the question makes them; they still add up to 1. */
export function expecting(guesses: readonly Guess[], expects: Expected | null): readonly Guess[] {
  const odds = oddsOf(expects);
  const weighed = guesses.map(({ intent, confidence }) => ({ intent, confidence: confidence * (odds[intent] ?? 1) }));
  const all = weighed.reduce((sum, { confidence }) => sum + confidence, 0);
  return weighed.map(({ intent, confidence }) => ({ intent, confidence: confidence / all })).sort((a, b) => b.confidence - a.confidence);
}

function oddsOf(expects: Expected | null): Odds {
  switch (expects) {
    case null:
      return ASKED_NOTHING;
    case 'confirm':
      return ASKED_TO_CONFIRM;
    case 'score':
    case 'attitude':
      return ASKED_FOR_A_SCORE;
    default:
      return ASKED;
  }
}
