/**
 * Door numbers in what anybody typed, whether they are on record or not (S2-024): after a road, after a building or an
 * entrance, or named as a room. A building, a floor or an entrance alone tells nobody's door and stays readable.
 */

/** The text with each door, and the building it is in, as `***`. */
export function maskDoors(text: string): string {
  const afterRoads = text.replace(HOUSE_AND_DOOR, (found, after: string) =>
    DOOR_NUMBER.test(after) && DOOR_WORD.test(found) ? MASK : found,
  );
  return DOORS.reduce((left, pattern) => left.replace(pattern, MASK), afterRoads);
}

const MASK = '***';
const SPOKEN = '[零〇一二三四五六七八九十百]';
const NUMBER = `(?:[\\d\uff10-\uff19]{1,5}|${SPOKEN}{1,6})`;
const BREAK = '[\\s,\uff0c\u3001#-]{0,2}';

const WORD = '(?:号楼|号院|单元|楼|栋|幢|座|室|门|院|层|户)';
const NAMED = '\\p{Script=Han}{0,12}?';
/** A house number after a road, then whatever leads to a door, each step a few characters; it ends in no date, time or price. */
const HOUSE_AND_DOOR = new RegExp(
  `(?<=\\p{Script=Han}[路街道巷弄里]\\s?)${NUMBER}\\s?[号弄]((?:院|楼|栋|幢|座|门)?(?:${BREAK}${NAMED}(?:[A-Za-z]|${NUMBER})\\s?${WORD}){0,6}(?:${BREAK}${NUMBER}(?![\\d\uff10-\uff19.:\uff1a]|\\s?[号点元度月日年天次个分秒]))?)`,
  'gu',
);
const DOOR_NUMBER = new RegExp(`[A-Za-z]|${NUMBER}`, 'u');
const DOOR_WORD = new RegExp(WORD, 'u');

const DIGIT = '[\\d\uff10-\uff19]';
/** What a number counts, or measures, is no door. */
const COUNTED =
  '[元块角钱度月日年次个秒米瓦平匹升斤寸毫℃%辆层级万亿倍]|点(?![火不])|天(?!天)|分(?!不)|台(?!式)|公[寸斤里升]|千[瓦克米]|小时|里(?![面边])|家(?!里|中|没|有|人)|多[户家人个块元]|户(?=停|断|都)|[VvWwAaHhLlKkMmPp](?![A-Za-z])|Hz|RMB';
/** A door ends before no further digit, no sign of a date, time, price or phone, and no unit. */
const ENDS = `(?!${DIGIT}|${SPOKEN}|[.:\uff1a/*-]${DIGIT}|[:\uff1a*]|\\s?(?:${COUNTED}))`;
const NO_YEAR = '(?!(?:19|20)\\d{2}[-/.年])';
/** 1501, 12A03, A1203, 1501-2, 五零一. */
const BARE_DOOR = `${NO_YEAR}(?:[A-D]?${DIGIT}{3,5}[A-F]?(?:-${DIGIT}{1,2})?|${DIGIT}{1,2}[A-F]${DIGIT}{0,2}|[零〇一二三四五六七八九幺]{3,5})${ENDS}`;
const ROOM_WORD = '号?室(?![内外温])|号?房(?![东租价子贷费型顶主客])';
const ROOM = `(?:${ROOM_WORD}|户(?!型|口|主|籍)|号(?!楼|院|线|键|门|机|插|电|[上下中]午|[早晚]))`;
/** With a word behind it a door may be short: 01室, 5户. */
const NAMED_DOOR = `(?:[A-D]?${DIGIT}{1,5}[A-F]?|${SPOKEN}{1,6})\\s?${ROOM}`;
const DOOR = `(?:${NAMED_DOOR}|${BARE_DOOR})`;

/** Which of several it is: 3, 三, A, 东, 甲. */
const WHICH = `(?:(?<![A-Za-z])[A-Za-z]${DIGIT}{0,2}|[东南西北甲乙丙丁主副]|(?<![A-Za-z${'\\d'}.-])${NUMBER})`;
const BUILDING = `${WHICH}\\s?(?:号楼|号院|[#\uff03]楼?|楼|栋|幢|座|单元|号门洞|门洞|号塔楼?)`;
/** 2门, 12层, 3梯: on the way from the building to the door. */
const ON_THE_WAY = `${WHICH}\\s?(?:单元|号门|门|层|楼|梯|座|区|段|期)`;
/** 3号楼7531, 7号楼2单元1501室, A座12层1203. Behind a floor (3楼) nothing but the number itself follows. */
const IN_BUILDING = `${BUILDING}(?:${BREAK}${ON_THE_WAY}){0,4}(?:(?<!${WHICH}\\s?楼)${BREAK}|\\s?)${DOOR}`;
/** 东方大厦1203, 国贸公寓502. */
const IN_HOUSE = `(?<=大厦|大楼|公寓|写字楼|塔楼|宿舍楼|居民楼)\\s?${DOOR}`;
/** 建国路88号1501, 18弄7号502. */
const AFTER_HOUSE = `(?<=(?:\\p{Script=Han}[路街巷弄]|${DIGIT}弄)\\s?)${NUMBER}\\s?号\\s?${BARE_DOOR}`;
/** 1501室, 五零二室. */
const NAMED_ROOM = `(?<![A-Za-z\\d\uff10-\uff19.-])(?:${DIGIT}{3,5}|[零〇一二三四五六七八九]{3,5})\\s?(?:${ROOM_WORD})`;
/** 门牌号是1501, 房号302. */
const AFTER_WORD = `(?<=(?:门牌号?码?|房号|房间号|门号|室号)(?:是|为|[:\uff1a\\s])?)(?:${NAMED_DOOR}|[A-D]?${DIGIT}{1,5}[A-F]?(?:-${DIGIT}{1,4}){0,2}|${SPOKEN}{2,6})${ENDS}`;
/** 我住1501。 */
const LIVED_IN = `(?<=住在?|家在|家住)\\s?[A-D]?${DIGIT}{3,4}(?=[\\s,\uff0c.\u3002;\uff1b\u3001!\uff01?\uff1f]|$|的|户)`;
/** 3-2-501: building, entrance, door. */
const HYPHENED = `(?<![A-Za-z${'\\d'}.\\-/:\uff1a])\\d{1,2}\\s?[-\u2014]\\s?\\d{1,2}\\s?[-\u2014]\\s?(?!(?:19|20)\\d{2}(?!\\d))\\d{3,4}${ENDS}(?![A-Za-z-])`;

const DOORS = [IN_BUILDING, IN_HOUSE, AFTER_HOUSE, NAMED_ROOM, AFTER_WORD, LIVED_IN, HYPHENED].map((it) => new RegExp(it, 'gu'));
