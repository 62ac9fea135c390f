/** About a visit that is booked: another time, not at all, where things stand; and a person, please. */
import type { Phrases } from '../manner.ts';

/** Another time, and which. */
export const MOVE_TO: Phrases = {
  plain: ['我想改一下上门时间,改到{when}', '能不能把预约改到{when}', '我约的那个时间临时有事,换成{when}可以吗', '帮我改期到{when}'],
  terse: ['改到{when}', '改时间 {when}', '换{when}'],
  chatty: ['哎不好意思啊,刚约的那个时间我婆婆要来,能不能给我改到{when}呀', '我刚看了下日历那天要出差,帮我往{when}挪一下'],
  elderly: ['我约的那个时间要改一下改到{when}', '师傅来的时间换到{when}'],
  cantonese: ['我想改期,改做{when}', '头先约嗰个时间唔得闲,改{when}得唔得'],
  emoji: ['能改到{when}吗🙏', '想改个时间~{when}可以咩'],
  english: ['I need to reschedule my visit to {when}', 'Can you move my appointment to {when}?'],
};

/** Another time, not yet which. */
export const MOVE: Phrases = {
  plain: ['我想改一下上门时间', '刚约的那个要改期', '预约的时间能换一下吗'],
  terse: ['改时间', '改期'],
  chatty: ['那个时间我又不方便了,得改一改', '不好意思,我们约的时间得换一换'],
  elderly: ['时间我要改一下', '约的那个时间不行了要改'],
  cantonese: ['我想改期', '想改过个时间'],
  emoji: ['想改个时间😂', '改期可以吗'],
  english: ['I need to reschedule', 'I want to change the time of my visit'],
};

export const CALL_OFF: Phrases = {
  plain: ['帮我取消预约', '刚才约的维修取消吧', '不修了,预约取消一下', '我想取消上门'],
  terse: ['取消预约', '取消上门', '不修了 取消'],
  chatty: ['不好意思啊,我老公自己弄好了,预约帮我取消掉吧', '刚约的那个取消吧,我们决定换新的了'],
  elderly: ['那个修的不用来了取消掉', '我不修了给我取消预约'],
  cantonese: ['我想取消预约', '唔使嚟整喇,取消啦'],
  emoji: ['取消一下预约🙏', '不修啦,取消掉预约吧😅'],
  english: ['Please cancel my appointment', 'I want to cancel the visit'],
};

export const WHERE_ARE_YOU: Phrases = {
  plain: ['师傅大概什么时候到我家', '我的维修进度怎么样了', '查一下我的预约', '我报修的那个安排好了吗'],
  terse: ['查进度', '师傅几时到', '啥时候来'],
  chatty: ['我就想问问我那个维修单现在到哪一步了呀', '刚才报的修安排哪个师傅来啊'],
  elderly: ['师傅什么时候来呀', '我报的修怎么样了'],
  cantonese: ['师傅几时到', '想查下我张单去到边'],
  emoji: ['师傅啥时候来呀👀', '查下进度~'],
  english: ['When will the engineer arrive?', 'What is the status of my repair?'],
};

export const PERSON_PLEASE: Phrases = {
  plain: ['我要人工客服', '转人工', '能不能让真人跟我说', '帮我接人工'],
  terse: ['人工', '转人工'],
  chatty: ['我还是想跟真人聊,帮我转人工吧', '麻烦给我找个人工客服,谢谢'],
  elderly: ['我要找真人说话', '叫个人工来跟我说'],
  cantonese: ['我想搵个真人倾下', '转人工啦唔该'],
  emoji: ['转人工🙏', '要人工客服😭'],
  english: ['Let me talk to a human being please', 'Please connect me to an agent'],
};

export const UNKNOWN_NAMES: Phrases = {
  plain: ['跑步机', '是按摩椅'],
  terse: ['跑步机'],
  chatty: ['就是客厅那个按摩椅呀'],
  elderly: ['按摩椅'],
  cantonese: ['按摩椅啊'],
  emoji: ['跑步机🏃'],
  english: ['A treadmill', "It's a treadmill"],
};

export const UNKNOWN_FAULTS: Phrases = {
  plain: ['不动了', '按了没反应'],
  terse: ['不动了'],
  chatty: ['用着用着就停了,再也不动'],
  elderly: ['它不动了'],
  cantonese: ['郁唔到'],
  emoji: ['完全不动了😵'],
  english: ['It does not move any more'],
};

/** Something nobody of ours repairs. */
export const UNKNOWN_PRODUCTS: Phrases = {
  plain: ['跑步机坏了能修吗', '电动窗帘不动了,你们修不修', '我家按摩椅不工作了,想报修'],
  terse: ['跑步机坏了', '按摩椅坏了 要修'],
  chatty: ['我家那个按摩椅按着按着就不动了,你们修这个吗'],
  elderly: ['我的按摩椅坏了能修吗'],
  cantonese: ['按摩椅坏咗,可唔可以整'],
  emoji: ['跑步机坏了😭能修吗'],
  english: ['My treadmill is broken, can you repair it?'],
};
