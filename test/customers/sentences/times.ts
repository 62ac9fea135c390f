/** When it would suit. {day} is a day in words, {part} a part of it, {from} and {to} clock times in words. */
import type { Phrases } from '../manner.ts';

export const DAY_AND_PART: Phrases = {
  plain: ['{day}{part}', '{day}{part}可以吗', '{day}{part}方便', '最好{day}{part}', '{day}{part}有人在家', '约{day}{part}吧'],
  terse: ['{day}{part}', '{day}{part}吧'],
  chatty: ['我{day}{part}在家,别的时候要上班', '{day}{part}吧,我那会儿正好有空', '让我想想啊,{day}{part}行'],
  elderly: ['{day}{part}来吧', '{day}{part}我在家的', '就{day}{part}吧'],
  cantonese: ['{day}{part}得唔得', '{day}{part}啦', '我{day}{part}喺屋企'],
  emoji: ['{day}{part}可以咩', '{day}{part}~', '{day}{part}有空🙋'],
  english: ['{day} {part}', 'How about {day} {part}?', '{day} {part} works for me'],
};

export const DAY_AND_CLOCK: Phrases = {
  plain: ['{day}{from}', '{day}{from}到{to}', '{day}{from}左右能来吗', '约{day}{from}', '{day}{from}行不行'],
  terse: ['{day}{from}', '{day}{from}-{to}'],
  chatty: ['{day}{from}我才到家,{from}来正好', '{day}{from}行不行,我请了假在家等'],
  elderly: ['{day}{from}钟来吧', '{day}{from}钟我在家'],
  cantonese: ['{day}{from}得唔得', '{day}{from}啦'],
  emoji: ['{day}{from}可以吗', '{day}{from}~👌'],
  english: ['{day} at {from}', '{day}, {from} please'],
};

export const DAY_ONLY: Phrases = {
  plain: ['{day}', '{day}都行', '{day}吧,全天有人'],
  terse: ['{day}', '{day}都行'],
  chatty: ['{day}吧,那天我休息,一整天都在'],
  elderly: ['{day}吧', '{day}来就行'],
  cantonese: ['{day}啦', '{day}成日都得'],
  emoji: ['{day}都可以~'],
  english: ['{day}', 'Any time {day}'],
};

export const SOONEST: Phrases = {
  plain: ['越快越好', '最早什么时候能来就什么时候', '尽快吧'],
  terse: ['越快越好', '最早的'],
  chatty: ['越快越好,急用呢', '最早的就行,我天天在家'],
  elderly: ['早点来就好', '越快越好'],
  cantonese: ['越快越好啦', '最快几时就几时'],
  emoji: ['越快越好🙏🙏'],
  english: ['As soon as possible', 'The earliest you have'],
};

/** One of those on offer. {nth} 一二三, {clock} its start in words. */
export const THE_NTH: Phrases = {
  plain: ['第{nth}个', '就第{nth}个吧', '选第{nth}个'],
  terse: ['第{nth}个'],
  chatty: ['那就第{nth}个吧,正好我有空'],
  elderly: ['第{nth}个吧'],
  cantonese: ['第{nth}个啦'],
  emoji: ['第{nth}个~'],
  english: ['{label}'],
};

export const NONE_OF_THESE: Phrases = {
  plain: ['都不合适', '这几个都不行'],
  terse: ['都不行'],
  chatty: ['哎呀这几个时间我都不在家'],
  elderly: ['这几个都不行'],
  cantonese: ['都唔啱'],
  emoji: ['都不行诶😅'],
  english: ['None of these'],
};

export const PARTS = {
  morning: { zh: ['上午', '早上'], cantonese: ['上昼', '朝早'], en: ['morning'], starts: ['08:00', '10:00'] },
  afternoon: { zh: ['下午'], cantonese: ['下昼', '下午'], en: ['afternoon'], starts: ['14:00', '16:00'] },
  evening: { zh: ['晚上', '傍晚以后'], cantonese: ['夜晚'], en: ['evening'], starts: ['18:00'] },
} as const;
export type DayPart = keyof typeof PARTS;

/** A window of two hours by its clock times in words. */
export const CLOCKS = [
  { start: '08:00', from: '上午8点', to: '10点', english: '8 am' },
  { start: '08:00', from: '早上八点半', to: '十点', english: '8:30 am' },
  { start: '10:00', from: '上午10点', to: '12点', english: '10 am' },
  { start: '10:00', from: '上午十点半', to: '十二点', english: '10:30 am' },
  { start: '14:00', from: '下午2点', to: '4点', english: '2 pm' },
  { start: '14:00', from: '下午三点', to: '四点', english: '3 pm' },
  { start: '16:00', from: '下午4点', to: '6点', english: '4 pm' },
  { start: '16:00', from: '下午五点', to: '六点', english: '5 pm' },
  { start: '18:00', from: '晚上6点', to: '8点', english: '6 pm' },
  { start: '18:00', from: '晚上七点', to: '八点', english: '7 pm' },
] as const;
