/**
 * Which engineer is to come, or not: 还要李师傅, 别让上次那个来, 换个师傅. A wish needs its own words: to name an engineer, to
 * ask after one or to tell who came is none. Every engineer spoken of becomes one character first, so that the patterns of
 * wishes are about the words around it.
 */
import type { EngineerWish } from '../domain/engineer-wish.ts';
import { MASKED, mask, type Taken } from './mask.ts';
import { SURNAMES } from './person-name.ts';

type Whom = EngineerWish['whom'];
/** `them` is a pronoun: the engineer spoken of before, else the last one. */
type Mention = Whom | 'them';

/** A named or described engineer is a character from here, a pronoun one from `PRONOUNS` on. */
const FIRST_MENTION = 0xe100;
const MENTIONS_MAX = 0x80;
const PRONOUNS = FIRST_MENTION + MENTIONS_MAX;
const M = '([\\uE100-\\uE1FF])';
const NOT_PRONOUN = '([\\uE100-\\uE17F])';

const HAN = '[\\u4e00-\\u9fa5]';
const TRADE = '(?:师傅|工程师|技师|技术员|维修员|维修工|修理工|修理员)';
const PERSON = `(?:${TRADE}|小哥|小伙子?|大哥|大叔|哥们|伙计)`;
const THAT = '(?:[那这][个位]?|个)';
const BEFORE = '(?:上一?[次回趟]|上个?(?:周|星期|月)|前一?次|前几?天|昨天|昨晚|之前|以前|先前|原来|原先|早先|第一次|那次|刚才|当时)';
/** 和师傅, 安排师傅: these are never a surname, nor a part of a given name. */
const SURNAME = `(?:(?![和向从那能都全连应双别单]|(?<=[关由对至])于)${SURNAMES})`;
const GIVEN = `(?:(?![要让叫请派排找约定换名由是的来个位那这修次用给想和跟烦知就候便装电级都师傅])${HAN})`;
/** A name without 师傅 stands between 让 and 来. */
const GIVEN_ALONE = `(?:(?![理家人们员工友客间管上下午点号时女先太老事情者队司货区费钱期末房主板务方总哥姐叔妈爸弟妹生姨婆奶爷伯舅嫂一二三四五六日])${GIVEN})`;
const NAMED = [
  `(?:你们)?${THAT}?[小老阿]?(?<name>${SURNAME}${GIVEN}{0,2}?)(?:${TRADE}|(?<![施水包管安])工(?![程作人单队资具地序钱时费]))`,
  `(?:(?<=${THAT})|${THAT})?姓(?<surname>${SURNAME})的?${THAT}?(?:${PERSON}|(?=再?来|$|[,。!?]))`,
].join('|');
const ALONE = `(?<=让|(?<![我名字])叫|请|派|安排|换成?|由|要)[老小]?(?:${SURNAME}${GIVEN_ALONE}{1,2}?|(?<=[老小])${SURNAME})(?=[${MASKED}]*(?:来(?!开门|接|拿|取|签)|过来|上门|去修))|(?<=指定|指名|点名|指派)${SURNAME}${GIVEN_ALONE}{1,2}?(?=来|上门|[,。!?~ ]|吧|吗|行|可以|$)`;
const LAST = [
  `${BEFORE}(?:(?!电话|地址|时间|问题|发票|换)${HAN}){0,8}?(?:${PERSON}|那位${PERSON}?|那个人|(?:${THAT}|来的|修的|的)(?=再?(?:来|过来|上门)))`,
  `(?:同一?|原)[个位]?的?(?:${TRADE}|人(?=来|修|上门|吧|就|$|[,。!?]))`,
  `同一[个位](?=来)`,
  `[那这][个位]?${TRADE}`,
  `(?<=派|除了)${BEFORE}的?那个`,
].join('|');
/** What opencc makes of 嗰. */
const THAT_IN_CANTONESE = '\u{20BB6}';
const THEM = '[他她](?!们家)们?';
const MENTION = new RegExp(`(?:${BEFORE}${HAN}{0,4}?)?(?:${NAMED})|(?<alone>${ALONE})|(?<last>${LAST})|${THEM}`, 'g');

const ANY = '(?:再|又|还|也|给我|帮我|叫|让|派|安排|找|请|用|要|是|由|返|番|见到|看到)*';
const REFUSE =
  '(?:不要|不想要?|(?<![特区分个])别|甭|(?<!能)不能|(?<!可)不可以|不准|不许|不希望|不愿意?|拒绝|避开|除了|只要不是|不是(?=[\\uE100-\\uE1FF][^,。]{0,4}就))';
const OTHER = '(?:别的|其他的?|其它的?|另外的?|另一?[个位]的?|第二[个位]的?|新的?|不同的?)';
const ANY_OTHER = `(?:${OTHER}(?:一?[个位])?(?:${PERSON}|人)|别人|其他人)`;
const REPLACE = `(?:换(?:过|返)?(?:一?[个位](?=$|[,。;!?~ ]|人|${TRADE}|来|吧|行|可|好|呗|嘛|啊|成)|${ANY_OTHER}|人(?!了[吗没么?]))|(?:派|安排|让|叫|找)${ANY_OTHER})`;
/** Of an engineer who is only talked of or asked about. */
const TALKED_OF = '(?!的?(?:电话|手机|号码|联系|微信|名字|姓|工号|态度|手艺|服务|技术|说|讲|叫|是谁))';
const DONE = '(?!(?:再|又|来|过来|上门|修|弄|看|给我|帮我)*(?:了(?!吧)|过(?!来)|的|好了?))';
const FILLED = `(?:再|还|也|就|都|亲自|直接|继续|下次|这次|帮我|给我|到我家|返|番|[${MASKED}])*`;
const COMES = `${TALKED_OF}${DONE}(?:${FILLED}(?:来(?!开门|接|拿|取|签|赔)|过来|上门|修|去|跟进|处理|负责|看|弄|装|洗|服务|做|跑)|(?=$|[,。;!?~ ]|吧|呗|啊|呀|嘛|哈|行|可|得|好|成|就|最|我|能|谢))`;
const SEND = '(?:让|叫|请|派|安排|约|换成?|改成?|由|麻烦|找(?=[^,。]*(?:来|修|上门|吧)))';

/** Not 怎么换师傅了, 不要换师傅. */
const ASKED_TO = '(?<!怎么|为什么|又|是不是|不要|别|不用|不想|(?<!能)不能|不必)';
/** 技术好的, 有经验的; no part, time or number to change. */
const KIND = `(?:(?!时间|日子|天|让|叫|请|给|等|和|跟|地址|电话|配件|零件|地方|师傅|联系)${HAN})`;

const KEEPS = new RegExp(`(?:不要|别|不用|不想|不能|不必|没必要)(?:再|给我|帮我|随便|老|又|乱)*换(?:掉)?(?:${M}|${TRADE}|人)`);
const AVOIDS: readonly RegExp[] = [
  new RegExp(`${REFUSE}${ANY}${M}${TALKED_OF}`),
  new RegExp(`${M}(?:(?!说|讲|让|叫|建议|告诉|还是|怎么|为什么)[^。;!?]){0,16}?${REPLACE}`),
  new RegExp(
    `${M}(?:就|以后|下次|那)*(?:(?:不要|别|不用|不准|不许)再(?:让|派|安排)*[\\uE100-\\uE1FF]?(?:来|派|上门|过来|安排|修)|(?:不要|别)(?:派|安排))`,
  ),
  new RegExp(`${M}[, ]*我?(?:可|就)?不要(?=了|$|[,。! ])`),
];
const AVOIDS_LAST: readonly RegExp[] = [
  new RegExp(`${ASKED_TO}换(?:过|返)?(?:一?[个位]|下)${KIND}{0,7}?(?:${TRADE}|人(?=来修|过来修|上门|修)|的(?=来(?!的)|上门))`),
  new RegExp(`${ASKED_TO}换(?:${OTHER}|${KIND}{0,4}?)(?:${TRADE}|人(?=来修|过来修|上门|修))(?!了|没|过)`),
  new RegExp(`${TRADE}(?:能不能|可不可以|不?能|可以)?(?:给我|帮我)?换(?:一?个|一下|掉)(?=$|[,。!? ]|吗|吧|人|行|好|可|不)`),
  new RegExp(`(?:换|派|安排|让|叫|请|要)(?:过|个|一个)?${ANY_OTHER}(?!修好|弄好|来过|修了|看过|修过)`),
];
const WANTS: readonly RegExp[] = [
  new RegExp(`(?:指定|指名|点名|指派|非)(?:要|让|叫|找|是|给)*${M}${TALKED_OF}`),
  new RegExp(`(?:要|需要)(?:返|番|是|请|找|让|叫|派)*${M}${COMES}`),
  new RegExp(`${SEND}(?:返|番|回|是)*${NOT_PRONOUN}${COMES}`),
  new RegExp(`[还再]${SEND}(?:返|番|回)*${M}${COMES}`),
  new RegExp(`[跟和]${M}(?:可以|行|好|成|得)`),
  new RegExp(`${M}(?:能|可以)再来`),
  new RegExp(`(?:还|仍|继续|最好|希望|必须|一定)(?:是|找|用|约|请|由|返|番)*${M}${COMES}`),
  new RegExp(`(?:还是|都是)(?:要|让|叫|请|派|找|由|返|番)*${M}${COMES}`),
  new RegExp(`${M}再?(?:来|上门|过来|修)?(?:吧|就行|就好|就可以|最好|优先|我(?:比较|就|才)?放心)`),
];
const SAME_ALONE = new RegExp(`^(?:我?要)?同一?[个位](?:${TRADE}|人)(?:来|修|上门|吧|就好|最好|可以|行|得|不|吗|[,。!? ])*$`);
const ANYONE = /(?:谁|哪[个位](?:师傅|工程师)?|随便(?:谁|哪个))[^,。]{0,3}(?:都|也)(?:行|可以|好|成|一样|没关系|没问题|得)/;
/** Asks who will come: 还是李师傅来吗, 是上次那个来还是换人. */
const WHO_COMES = /(?<!最好|必须|一定|希望|要|还)(?:还是|是)[^,。;!?]{1,14}(?:吗|么|\?|还是[^,。;!?]*)\s*\??$/;
const REQUESTS = /能|可|行[吗不么]|好[吗不么]|成[吗不么]|得[吗不么]|指定|让|派|麻烦|想|最好|希望/;

const ENGLISH_TRADE = '(?:engineer|technician|repairman|serviceman|mechanic|repair guy|guy|man|lady|person|fellow)';
const NO_NAME =
  '(?!(?:to|for|at|on|in|and|as|asap|please|today|tomorrow|now|with|who|that|from|again|this|next|over|here|my|the|is|a|out|by)\\b)';
const ENGLISH_WHOM = `(?:(?:engineer|technician|repairman|mr\\.?|master) ${NO_NAME}([a-z]+)|(?:the )?(?:same|previous|last) ${ENGLISH_TRADE}|him\\b|her\\b|that ${ENGLISH_TRADE}|(?:the )?${ENGLISH_TRADE} (?:from|of|who came|that came|you sent|we had)(?: the)? (?:last time|before|yesterday|last week))`;
const ENGLISH_AVOIDS = new RegExp(
  `\\b(?:not?|don'?t (?:send|want|assign)(?: me)?|never|any(?:one|body) (?:but|except)|except|other than|instead of)(?: again)?(?: the)? ${ENGLISH_WHOM}`,
  'i',
);
const ENGLISH_OTHER =
  /\b(?:a different|another|some other|a new) (?:engineer|technician|repairman|guy|person)\b|\bsend someone else\b|\bsomeone else (?:to come|come|this time)/i;
const ENGLISH_WANTS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:send|want|get|assign|have|request|need|prefer|like|ask for)(?: me| us| over| back| the| your| for| to have)* ${ENGLISH_WHOM}`,
    'i',
  ),
  new RegExp(`\\bcan (?:engineer|technician|mr\\.?) ${NO_NAME}([a-z]+) come`, 'i'),
  /\bdon'?t change (?:the|my) (?:engineer|technician)\b/i,
  new RegExp(`^(?:(?:please|can i have|could i have|i'?d like|with)[, ]*)*(?:the )?same ${ENGLISH_TRADE}\\b`, 'i'),
];
const ENGLISH_ASKS = /^\s*(?:is|was|will|are|does|did|who|when|where)\b/i;

const NAMES_OF_ENGINEERS = new RegExp(
  `${SURNAME}${GIVEN}{0,2}?${TRADE}|${PERSON}[他她]?的?(?:姓|叫|是|名字[叫是])${SURNAME}${GIVEN}{0,2}?(?=$|[,。;!? ]|的)|姓${SURNAME}的?(?:${THAT}?${PERSON}|(?<=的)(?:${THAT}|人|来|别|不))|${ALONE}`,
  'g',
);

/** The wish, and the text with the names of engineers hidden, which are never the customer's. */
export function readEngineerWish(text: string): Taken<EngineerWish | null> {
  let rest = text;
  for (const { 0: name, index } of text.matchAll(NAMES_OF_ENGINEERS)) rest = mask(rest, index, index + name.length, 'blank');
  return { value: readChinese(text) ?? readEnglish(text), rest };
}

/** Each engineer spoken of as one character, and who that is. */
function gather(text: string): { readonly said: string; readonly mentions: readonly Mention[] } {
  const mentions: Mention[] = [];
  const said = text.replaceAll(THAT_IN_CANTONESE, '那').replace(MENTION, (words: string, ...found: unknown[]) => {
    if (mentions.length >= MENTIONS_MAX) return words;
    const mention = mentionOf(found.at(-1));
    mentions.push(mention);
    return String.fromCharCode((mention === 'them' ? PRONOUNS : FIRST_MENTION) + mentions.length - 1);
  });
  return { said, mentions };
}

function mentionOf(groups: unknown): Mention {
  const { name, surname, alone, last } = groups as Readonly<Record<'name' | 'surname' | 'alone' | 'last', string | undefined>>;
  const called = name ?? surname ?? alone?.replace(/^[老小]/, '');
  if (called) return { by: 'name', name: called };
  return last ? { by: 'last' } : 'them';
}

function readChinese(text: string): EngineerWish | null {
  const { said, mentions } = gather(text);
  if (SAME_ALONE.test(text)) return { kind: 'want', whom: { by: 'last' } };
  const keeps = KEEPS.exec(said);
  if (keeps) return { kind: 'want', whom: whomAt(keeps[1], mentions) };
  const avoided = AVOIDS.map((pattern) => pattern.exec(said)).find((match) => match !== null);
  const others = avoided ? said.replace(avoided[1] ?? '', '') : said;
  const wanted = wantedIn(others, mentions);
  if (wanted) return { kind: 'want', whom: wanted };
  if (avoided) return { kind: 'avoid', whom: whomAt(avoided[1], mentions) };
  if (ANYONE.test(said)) return null;
  return AVOIDS_LAST.some((pattern) => pattern.test(said)) ? { kind: 'avoid', whom: { by: 'last' } } : null;
}

function wantedIn(said: string, mentions: readonly Mention[]): Whom | null {
  if (ANYONE.test(said) || (WHO_COMES.test(said) && !REQUESTS.test(said))) return null;
  const match = WANTS.map((pattern) => pattern.exec(said)).find((found) => found !== null);
  return match ? whomAt(match[1], mentions) : null;
}

function whomAt(character: string | undefined, mentions: readonly Mention[]): Whom {
  const at = character ? (character.charCodeAt(0) - FIRST_MENTION) % MENTIONS_MAX : -1;
  const known = mentions.slice(0, at + 1).filter((mention) => mention !== 'them');
  return known.at(-1) ?? { by: 'last' };
}

function readEnglish(text: string): EngineerWish | null {
  if (ENGLISH_ASKS.test(text)) return null;
  const avoided = ENGLISH_AVOIDS.exec(text);
  if (avoided) return { kind: 'avoid', whom: englishWhom(avoided[1]) };
  if (ENGLISH_OTHER.test(text)) return { kind: 'avoid', whom: { by: 'last' } };
  const wanted = ENGLISH_WANTS.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  return wanted ? { kind: 'want', whom: englishWhom(wanted[1]) } : null;
}

function englishWhom(name: string | undefined): Whom {
  return name ? { by: 'name', name } : { by: 'last' };
}
