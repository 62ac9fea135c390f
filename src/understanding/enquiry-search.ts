/**
 * Finds the answer to an everyday question, or says that two fit as well, or that none does: a guess is never an answer.
 * Against an open question, or a message that surely means something else, only a plain fit counts.
 */
import type { AddressParts } from '../domain/contact.ts';
import type { EnquiryAnswer } from '../domain/enquiry.ts';
import type { EnquiryFeatures, ReadEnquiry } from './enquiry-features.ts';
import { createEnquiryIndex } from './enquiry-index.ts';
import type { Intent, Understood } from './understood.ts';

/** `places` are what the place it names may mean. */
export type AskedEnquiry = { readonly key: string; readonly places: readonly AddressParts[] };

export type FoundEnquiry =
  | ({ readonly kind: 'found'; readonly score: number } & AskedEnquiry)
  /** Two answers that fit as well, best first. */
  | { readonly kind: 'unsure'; readonly keys: readonly [string, string]; readonly places: readonly AddressParts[] }
  | { readonly kind: 'nothing' };

/** `inDialog`: a question is open. */
export type FindEnquiry = (
  text: string,
  about: { readonly understood: Pick<Understood, 'intent' | 'confidence' | 'entities'>; readonly inDialog: boolean },
) => FoundEnquiry;

/** What the best answer has to reach, and how far the second may come. */
type Bar = { readonly nearnessMin: number; readonly fitMin: number; readonly leadMin: number };
const ASKED: Bar = { nearnessMin: 0.15, fitMin: 0.1, leadMin: 0.1 };
/** The message surely means something else as well. */
const OTHERWISE: Bar = { nearnessMin: 0.28, fitMin: 1.35, leadMin: 0.8 };
/** It has no form of a question: 价格表. */
const NAMED: Bar = { nearnessMin: 0.6, fitMin: 1.8, leadMin: 0.8 };
const IN_DIALOG: Bar = { nearnessMin: 0.5, fitMin: 2, leadMin: 1 };
/** Some rules of the understanding are worth less than this: 65 %. */
const SURE = 0.75;
const SURE_ELSEWHERE = 0.6;
const ELSEWHERE: ReadonlySet<Intent> = new Set(['out_of_scope', 'chitchat']);
/** Sure of one of these, a message may still be an everyday question. */
const ASKS: ReadonlySet<Intent> = new Set(['ask_price', 'ask_hours', 'query_warranty', 'invoice']);

/** Learns the answers once, which takes some hundred milliseconds; then pure, and under a millisecond a message. */
export function createEnquirySearch(answers: readonly EnquiryAnswer[], read: ReadEnquiry): FindEnquiry {
  const rank = createEnquiryIndex(answers, read);
  return (text, { understood, inDialog }) => {
    const { features, isQuestion: asks, places } = read(text);
    if (saysMore(understood.entities, inDialog) || reportsFault(features) || (inDialog && !asks)) return { kind: 'nothing' };
    const sureOfOther = understood.confidence >= (ELSEWHERE.has(understood.intent) ? SURE_ELSEWHERE : SURE) && !ASKS.has(understood.intent);
    if (!asks && (sureOfOther || features.has('@brand') || features.has('@address'))) return { kind: 'nothing' };
    const bar = inDialog ? IN_DIALOG : !asks ? NAMED : sureOfOther ? OTHERWISE : ASKED;
    const [best, second] = rank(features);
    if (best === undefined || best.key === null || best.nearness < bar.nearnessMin || best.fit < bar.fitMin) return { kind: 'nothing' };
    if (second?.key === null && second.nearness > best.nearness && second.fit > best.fit / 2) return { kind: 'nothing' };
    if (second === undefined || best.fit - second.fit >= bar.leadMin) return { kind: 'found', key: best.key, score: best.nearness, places };
    return second.key === null || bar !== ASKED ? { kind: 'nothing' } : { kind: 'unsure', keys: [best.key, second.key], places };
  };
}

/** A danger, or something of one matter; while a question is open also what may answer it. */
function saysMore(entities: Understood['entities'], inDialog: boolean): boolean {
  const { danger, phone, ticketNumber, model, serial, errorCode, visitWishes, name, purchaseDate, score, engineerWish } = entities;
  const ofOneMatter = [danger, phone, ticketNumber, model, serial, errorCode].some((it) => it !== null);
  return ofOneMatter || (inDialog && (visitWishes.length > 0 || [name, purchaseDate, score, engineerWish].some((it) => it !== null)));
}

/** A fault is a repair report, unless what it costs or whether it is covered is asked. */
function reportsFault(features: EnquiryFeatures): boolean {
  return features.has('@fault') && !features.has('#money') && !features.has('#warranty');
}
