/** Every sentence a simulated customer can say, for the test that keeps them apart from what the classifier learns from. */
import * as addresses from './addresses.ts';
import * as complaints from './complaints.ts';
import * as contact from './contact.ts';
import * as corrections from './corrections.ts';
import { DIGRESSIONS } from './digressions.ts';
import { FAULTS } from './faults.ts';
import * as openings from './openings.ts';
import * as surveys from './surveys.ts';
import * as times from './times.ts';
import * as visits from './visits.ts';
import * as warranty from './warranty.ts';

const SOURCES = [
  addresses.WHERE,
  addresses.WHEREABOUTS,
  complaints,
  contact,
  corrections,
  DIGRESSIONS,
  FAULTS,
  openings,
  surveys,
  times,
  visits,
  warranty,
];

/** As they stand in the files, places for values in braces. */
export function allSentences(): readonly string[] {
  return [...new Set(textsIn(SOURCES))];
}

/** Codes, clock times and models are no sentences. */
const NO_SENTENCE = /^[\w:. -]*$/;

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return NO_SENTENCE.test(value) && !value.includes(' ') ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
