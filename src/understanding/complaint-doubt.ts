/**
 * Second thoughts on a complaint the classifier guesses where nothing told is held against anybody: a booking full of
 * circumstance has its place and its day, and whoever calls a visit off tells why. The next guess is then the better one.
 */
import { tellsOfHarm } from './harm-done.ts';
import type { Guess } from './intent-classifier.ts';
import { blamesRepair } from './repair-blame.ts';
import { readRequest } from './request.ts';
import type { Entities, Intent } from './understood.ts';

/** Of strangers' complaints without any of the words known, hardly one is guessed with less. */
const DOUBTED_BELOW = 0.65;
/** A place or a day beside an appliance outweighs more. */
const BOOKING_DOUBTED_BELOW = 0.975;
/** The rest of the chances has to point somewhere. */
const INSTEAD_FROM = 0.3;
/** Who is at odds with us may be heard as any of these. */
const AT_ODDS: ReadonlySet<Intent> = new Set(['human', 'abuse', 'out_of_scope']);
/** Below it even they are the better guess. */
const FORGOTTEN_BELOW = 0.5;
/** Said of a machine, a charge or a hotline in anger, whoever it names. */
const GRUDGE =
  /(?:做工|工艺|质量|材料|料子|手艺|水平|品控|服务)[^,,。;!?]{0,6}(?:不行|差|次|烂|糙|渣|撇|孬)|空号|占线|锁着?门|(?:自动|直接)挂|打不通|像话|凭(?:什么|啥)|哪门子|这(?:也|就)?叫|什么(?:玩意|破)|欺负|蒙(?:我|人)|糊弄|忽悠|人话|讲理|说理|离谱|过分|寒心|冤|气(?:死|人)|上火|受够|不认账|耍(?:我|人)|没(?:一句)?(?:道歉|交代|说法|音讯|下文)|给个(?:说法|交代)|谁出|怎么交代|诊断谁|你们[^,,。;!?]{0,6}(?:培训|教|查查|好意思|管不管|负责|就这)|玩命|(?:出|要)人命|捏把汗|吓(?:死|人)|讨说法/;
const WANTS_VISIT = /来|上门|在家|有空|过来|方便|有人|约|吧|行|成|中|好/;

/** The guesses without the complaint, adding up to 1 again, where it is doubted; else as they are. */
export function doubtComplaint(guesses: readonly Guess[], plain: string, entities: Entities): readonly Guess[] {
  const [top, ...others] = guesses;
  if (top?.intent !== 'complaint' || top.confidence >= BOOKING_DOUBTED_BELOW || isHeldAgainstUs(plain, entities)) return guesses;
  const rest = Math.max(1 - top.confidence, Number.EPSILON);
  const without = others.map(({ intent, confidence }) => ({ intent, confidence: confidence / rest }));
  if (books(plain, entities)) return put('book_repair', without);
  if (top.confidence >= DOUBTED_BELOW) return guesses;
  const instead = without[0];
  if (!instead || instead.confidence < INSTEAD_FROM || (AT_ODDS.has(instead.intent) && top.confidence >= FORGOTTEN_BELOW)) return guesses;
  return without;
}

function isHeldAgainstUs(plain: string, { complaintTypes }: Entities): boolean {
  return complaintTypes.length > 0 || readRequest(plain) === 'complaint' || blamesRepair(plain) || tellsOfHarm(plain) || GRUDGE.test(plain);
}

function books(plain: string, { appliances, faults, address, visitWishes }: Entities): boolean {
  return appliances.length + faults.length > 0 && (address !== null || (visitWishes.length > 0 && WANTS_VISIT.test(plain)));
}

/** `intent` first, as likely as whatever else was. */
function put(intent: Intent, guesses: readonly Guess[]): readonly Guess[] {
  const first = guesses[0];
  if (!first || first.intent === intent) return guesses;
  return [{ intent, confidence: first.confidence }, ...guesses.filter((guess) => guess.intent !== intent)];
}
