/**
 * What a survey knows so far, and how a message changes it. Terms: a message's *words* are what it says besides the score;
 * they are the reason where one is wanted, else a comment.
 */
import type { Identifier } from '../src/domain/identifier.ts';
import type { Policy } from '../src/domain/policy.ts';
import { NO_SURVEY_ANSWERS, type SurveyAnswers, type SurveyItem, type SurveySubject, wantsRecheck } from '../src/domain/survey.ts';
import type { Answers } from './dialog-event.ts';
import { isSame } from './same.ts';

export type SurveyData = {
  readonly subject: SurveySubject;
  readonly answers: SurveyAnswers;
  /** Slots that were passed over, or asked their one time. */
  readonly passed: readonly string[];
  /** Nothing more is asked. */
  readonly over: boolean;
  /** The ticket a low answer has opened, once (S2-055). */
  readonly recheck: { readonly ticketId: Identifier; readonly number: string } | null;
  readonly rules: {
    readonly reasonScoreMax: number;
    readonly lowScoreMax: number;
    readonly items: readonly SurveyItem[];
    readonly comment: boolean;
    readonly recheckHours: number;
  };
};

export function emptySurvey(subject: SurveySubject, { survey, recheck }: Pick<Policy, 'survey' | 'recheck'>): SurveyData {
  const { reasonScoreMax, lowScoreMax, items, comment } = survey;
  return {
    subject,
    answers: NO_SURVEY_ANSWERS,
    passed: [],
    over: false,
    recheck: null,
    rules: { reasonScoreMax, lowScoreMax, items, comment, recheckHours: recheck.hours },
  };
}

/** The data with a message's answers in it; the same object when they say nothing new. */
export function mergeSurvey(data: SurveyData, said: Answers, text: string, asked: string): SurveyData {
  const before = data.answers;
  const rated = asked === 'attitude' ? before : { ...before, score: said.score ?? before.score };
  // 不对, 我是说4分, where the reason was asked: the score put right, and no reason.
  const puts = before.score !== null && rated.score !== before.score;
  const heard: SurveyAnswers = {
    ...rated,
    resolved: said.resolved ?? before.resolved,
    items: asked === 'attitude' && said.score !== null ? { ...before.items, attitude: said.score } : before.items,
  };
  const answers = puts ? heard : withWords(heard, wordsOf(text), said, asked, data.rules.reasonScoreMax);
  return isSame(answers, before) ? data : { ...data, answers };
}

/** One of the things asked about the engineer. */
export function withItem(data: SurveyData, item: Partial<SurveyAnswers['items']>): SurveyData {
  return { ...data, answers: { ...data.answers, items: { ...data.answers.items, ...item } } };
}

/** A low score, or not solved, and nothing opened for it yet. */
export function recheckIsDue({ answers, recheck, rules }: SurveyData): boolean {
  return recheck === null && wantsRecheck(answers, rules.lowScoreMax);
}

const WORDS_MAX = 1_000;

function withWords(heard: SurveyAnswers, words: string | null, said: Answers, asked: string, reasonScoreMax: number): SurveyAnswers {
  if (words === null) return heard;
  const isBad = heard.score !== null ? heard.score <= reasonScoreMax : heard.resolved === false;
  switch (asked) {
    case 'reason':
      return { ...heard, reason: words };
    case 'comment':
      return { ...heard, comment: words };
    case 'score':
      return isBad ? { ...heard, reason: heard.reason ?? words } : { ...heard, comment: heard.comment ?? words };
    case 'resolved':
      if (said.resolved === true) return heard;
      return said.resolved === false ? { ...heard, reason: heard.reason ?? words } : { ...heard, comment: heard.comment ?? words };
    default:
      return heard;
  }
}

/** What a score looks like in a sentence; the full-width digits of a Chinese keyboard too. */
const SCORE =
  /(?:我|就)*(?:打|给|评)?个?(?:[\d\uFF10-\uFF19]+|[一二两三四五])\s*(?:分|颗?星|stars?)(?:吧|了)?|^\s*[1-5\uFF11-\uFF15](?![\d\uFF10-\uFF19])|[⭐★🌟]\uFE0F?|满分|(?:非常|很|十分|挺|比较)?不?(?:太)?满意/giu;
const EDGES = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;
/** A courtesy, a yes or a no is nothing to be kept. */
const COURTESY = /^(?:谢谢|多谢|感谢|辛苦|好|嗯|行|可以|是|没有|没|不|ok|yes|no|thanks?|thank you)[你您了啦哈啊呀的吧哦]*$/iu;
const WORDS_MIN = 2;

/** 很差, 还不错: the scale in words, and no more. */
const RATING =
  /^(?:(?:我|感觉|觉得|总体|整体|现在|用着|服务)*(?:非常|很|十分|特别|太|真|挺|蛮|还|都|比较|有点|不太|不怎么|不)*(?:好|差|错|满意|行|可以|一般般?|凑合|烂|糟糕?|失望|马马虎虎|过得去|完美)[的了吧啊]*|(?:very |not )*(?:good|bad|poor|great|excellent|perfect|terrible|awful|average|so-so|(?:dis|un)?satisfied|(?:un)?happy))$/iu;

/** Null when a message says nothing besides a score. */
function wordsOf(text: string): string | null {
  const words = text.replace(SCORE, ' ').replace(EDGES, '').replace(/\s+/gu, ' ');
  const isNone = [...words].length < WORDS_MIN || !/\p{L}/u.test(words) || COURTESY.test(words) || RATING.test(words);
  return isNone ? null : [...words].slice(0, WORDS_MAX).join('');
}
