import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EN as EN_TABLE } from '../../src/wording/en.ts';
import type { ReplyKey } from '../../src/wording/reply.ts';
import { ZH_CN } from '../../src/wording/zh-cn.ts';
import { EN, KEYS, listed, placeholdersOf, rendered, written, ZH } from './samples.ts';

const CHARACTERS_MAX = 80;

const breaking = (rule: (sentence: string, key: ReplyKey) => boolean, keys: readonly ReplyKey[] = KEYS): readonly string[] =>
  keys.filter((key) => !rule(rendered(key, ZH), key)).map((key) => `${key}: ${rendered(key, ZH)}`);

describe('both languages', () => {
  test('hold the same replies', () => expect(Object.keys(EN_TABLE).sort()).toEqual([...KEYS].sort()));

  test('hold the same values in each reply', () => {
    const other = KEYS.filter((key) => placeholdersOf(EN_TABLE[key]).join() !== placeholdersOf(ZH_CN[key]).join());
    expect(other).toEqual([]);
  });

  test.each([ZH, EN])('leave no brace in a sentence ($language)', (reading) => {
    expect(KEYS.filter((key) => /[{}]|undefined|null|NaN/u.test(rendered(key, reading)))).toEqual([]);
  });

  test('English has no Chinese in it but examples, Chinese no English but our numbers', () => {
    const withHan = KEYS.filter((key) => /\p{Script=Han}/u.test(EN_TABLE[key])).filter((key) => key !== 'ask.address.again');
    expect(withHan).toEqual([]);
    const ours = (sentence: string) => sentence.replace(/\{\w+\}/gu, '').replace(/\bBX(?:-[\d-]+)?/gu, '');
    expect(KEYS.filter((key) => /[A-Za-z]/u.test(ours(ZH_CN[key])))).toEqual([]);
  });

  test('Chinese is written with Chinese punctuation', () => {
    const western = /\p{Script=Han}[,;:?!"]|[,;:?!"]\p{Script=Han}/u;
    expect(western.test('好的,您说')).toBe(true);
    expect(KEYS.filter((key) => western.test(written(key, ZH)))).toEqual([]);
  });
});

/** Words that are never said (wording.md), each with a sentence that shows the rule sees it. */
const NEVER: readonly (readonly [string, RegExp, string])[] = [
  ['亲, 宝, 哦哦', /亲|宝|哦哦/u, '亲,在的'],
  ['请耐心等待', /耐心/u, '请耐心等待'],
  ['尽快 or 稍后 without a time', /(?:尽快|稍后|稍等)(?!.*\d)/u, '我们会尽快联系您'],
  ['系统显示', /系统(?:显示|提示)/u, '系统显示已过期'],
  ['规定就是这样', /规定/u, '规定就是这样'],
  ['不归我们管', /不归|不负责/u, '这个不归我们管'],
  ['您没说清楚, 您理解错了', /您(?:没|未|理解|说错|搞错|弄错|听错)|说清楚/u, '您没说清楚'],
  ['人为损坏 before an inspection', /人为/u, '这是人为损坏'],
  ['我们没有责任', /没有责任|与我们无关/u, '我们没有责任'],
  ['已为您加急', /为您加急|加急处理/u, '已为您加急'],
  ['保证修好, 绝对', /保证|绝对|一定能/u, '保证修好'],
  ['免费 where a visit fee is not 0', /免费/u, '免费上门'],
  ['应该没事', /应该没|没关系/u, '应该没事'],
  ['您自己拆开看看', /拆开|拆下|自己拆(?!过)/u, '您自己拆开看看'],
  ['加我私人微信, 转账给师傅', /微信|转账|现金给/u, '加我私人微信'],
  ['请给五星', /五星|好评/u, '请给五星'],
  ['给您带来不便敬请谅解', /带来不便|敬请谅解|深表歉意/u, '给您带来不便敬请谅解'],
  ['an identity card, a bank card, a verification code', /身份证|银行卡|验证码|密码/u, '请发身份证号'],
  ['a fault explained from afar', /(?:应该|可能|估计)是.{0,8}(?:坏|故障|问题)/u, '应该是压缩机坏了'],
];

describe('what a good service person never says', () => {
  test.each(NEVER)('S2-089 never %s', (_, pattern, example) => {
    expect(pattern.test(example), 'the rule sees its own example').toBe(true);
    expect(breaking((sentence) => !pattern.test(sentence))).toEqual([]);
  });

  test('S2-089 the customer is 您, everywhere', () => {
    expect(breaking((sentence) => !/你/u.test(sentence))).toEqual([]);
  });
});

const SAFETY: readonly ReplyKey[] = ['danger.gas', 'danger.smoke', 'danger.fire', 'danger.shock', 'danger.water_on_live', 'danger.trapped'];

describe('danger', () => {
  /** What is left of a text without what it tells people not to do. */
  const advised = (sentence: string) => sentence.replace(/(?:不要|别|不能|勿)[^,。;]*/gu, '');
  const SWITCHING = /(?:打开|开一下|关掉|关上|关闭|拉下|按)(?:[^,。;]{0,6})(?:灯|风扇|排风|油烟机|换气扇|电器|开关|总闸|电源)/u;

  test('with gas nobody is told to switch anything, or to phone from inside', () => {
    const gas = rendered('danger.gas', ZH);
    expect(SWITCHING.test('请打开油烟机通风')).toBe(true);
    expect(advised(gas)).not.toMatch(SWITCHING);
    expect(gas).toMatch(/别动任何电器开关/u);
    expect(gas).toMatch(/不要在屋里打电话/u);
    const [inside, outside] = [gas.slice(0, gas.indexOf('室外')), gas.slice(gas.indexOf('室外'))];
    expect(advised(inside)).not.toMatch(/电话|手机|拨/u);
    expect(outside).toMatch(/119/u);
  });

  test('with fire or smoke of an electric appliance nobody is told to pour water', () => {
    for (const key of ['danger.fire', 'danger.smoke'] as const) expect(rendered(key, ZH)).toMatch(/(?:别|不要)用水浇/u);
  });

  test('every safety text says what to do, that somebody was told, and asks for a sign; it asks nothing else', () => {
    const whole = (sentence: string) =>
      /^先/u.test(sentence) && /已通知值班负责人。安全了再回我一声。$/u.test(sentence) && !/[?\uff1f]/u.test(sentence);
    expect(breaking(whole, SAFETY)).toEqual([]);
  });

  test('no emoji and no exclamation marks, in danger or anywhere', () => {
    expect(breaking((sentence) => !/[!\uff01\p{Extended_Pictographic}]/u.test(sentence.replace(/\d/gu, '')))).toEqual([]);
  });
});

describe('short and one thing at a time', () => {
  /** Lists, read-backs (a confirmation is one) and safety texts may be as long as they must. */
  const LONG: readonly ReplyKey[] = [
    ...SAFETY,
    'booked',
    'booked.several',
    'confirm.read-back',
    'confirm.complaint',
    'confirm.complaint.again',
    'complaint.filed',
    'complaint.filed.chat',
    'confirm.again',
    'confirm.change',
    'changed',
    'visit.arranged.booked',
    'visit.arranged.moved',
    'visit.arranged.engineer',
    'ticket.merged.visit',
    'progress.booked',
    'ask.address.record',
    'shop.list',
    'answer.price.list',
  ];

  test('at most 80 characters a bubble, with values as long as they get', () => {
    const short = (sentence: string, key: ReplyKey) => sentence.length - listed(key, ZH) <= CHARACTERS_MAX;
    expect(
      breaking(
        short,
        // What an engineer is sent, or a customer by another way than the chat, is no bubble.
        KEYS.filter((key) => !LONG.includes(key) && !/^(?:engineer\.)?notice\./u.test(key)),
      ),
    ).toEqual([]);
  });

  test('at most one question mark a message', () => {
    expect(breaking((sentence) => (sentence.match(/[?\uff1f]/gu) ?? []).length <= 1)).toEqual([]);
  });

  test('every question asks: a question mark, or plain words what to send', () => {
    const asks = (sentence: string) => /[?\uff1f]|发|回"|说|留个|点一个/u.test(sentence);
    expect(
      breaking(
        asks,
        KEYS.filter((key) => key.startsWith('ask.') || key.startsWith('confirm.')),
      ),
    ).toEqual([]);
  });

  test('a button is at most 12 characters, but for what it names', () => {
    const buttons = KEYS.filter((key) => key.startsWith('choice.'));
    expect(buttons.filter((key) => ZH_CN[key].replace(/\{\w+\}/gu, '').length > 12)).toEqual([]);
  });
});

/** Replies that end a dialog, and the words in them that say what happens next, who does it or until when. */
const NEXT_STEP: Readonly<Partial<Record<ReplyKey, RegExp>>> = {
  booked: /出发前会先联系您。要改时间直接跟我说/u,
  'booked.several': /出发前会先联系您。要改时间直接跟我说/u,
  'booked.waiting-list': /(?:告诉|打电话|联系)/u,
  'shop.arranged': /送到网点,报单号/u,
  'enquiry.outside-area': /客服明天10:00前打电话/u,
  'enquiry.unknown-product': /客服明天10:00前打电话/u,
  'enquiry.no-engineer': /客服明天10:00前打电话/u,
  cancelled: /以后要修,直接跟我说/u,
  changed: /出发前会先联系您。还要改直接跟我说/u,
  'called-off': /以后要修,直接跟我说/u,
  'called-off.fee': /取消费30元。以后要修,直接跟我说/u,
  'change.kept': /按约好的时间到。要改随时跟我说/u,
  'change.too-late': /明天10:00前给您回电话/u,
  'visit.arranged.booked': /出发前会先联系您。不合适直接告诉我,我来改/u,
  'visit.arranged.moved': /出发前会先联系您。不合适直接告诉我,我来改/u,
  'visit.arranged.engineer': /出发前会先联系您。不合适直接告诉我,我来改/u,
  'complaint.answered.next': /回"投诉"接着说,或者回"人工",我们接着处理/u,
  'ticket.merged': /以后报BX-20261118-0007就行。要补充直接跟我说/u,
  'ticket.merged.visit': /出发前会先联系您/u,
  'visit.called-off': /要重新约,直接说哪天方便/u,
  'progress.booked': /出发前会先联系您。要改时间直接跟我说/u,
  'progress.today': /今天12:00前到.*可以直接打/u,
  'progress.late': /明天10:00前打电话给您/u,
  'progress.late.chased': /明天10:00前打电话给您/u,
  'progress.call': /客服明天10:00前打电话给您/u,
  'progress.call.late': /明天10:00前打给您/u,
  'progress.open': /要约时间,直接说哪天方便/u,
  'progress.urgent': /有变化马上告诉我/u,
  'progress.working': /有问题回"人工"/u,
  'progress.done': /用着不对劲,直接跟我说/u,
  'progress.cancelled': /要重新约,直接说哪天方便/u,
  'survey.recheck': /明天10:00前安排复查.*会先打电话给您/u,
  'survey.recheck.chat': /明天10:00前负责人重新核对.*会先联系您/u,
  'survey.recheck.unsolved': /明天10:00前安排复查.*会先打电话给您/u,
  'survey.thanks': /毛病又出来,直接跟我说,我接着给您约师傅/u,
  'survey.thanks.chat': /有变化,直接跟我说/u,
  'survey.thanks.recheck': /负责人先联系您.*有变化直接跟我说/u,
  'survey.declined': /以后家电有问题,直接跟我说/u,
  'handoff.no-visit': /请同事来帮您处理/u,
  'handoff.nothing-free': /请同事来给您协调时间,原来的预约先留着/u,
  'handoff.proof-failed': /请同事核对后帮您办/u,
  'handoff.agent-silent': /排回原来的位置/u,
  'handoff.customer-silent': /接着说就行/u,
  'handoff.position': /大约39分钟/u,
  'handoff.position.next': /大约39分钟/u,
  'messages-refused': /过一会儿再发一遍/u,
  'handoff.next': /大约39分钟.*先发在这里/u,
  'handoff.waiting': /还有12位,大约39分钟.*先发在这里/u,
  'handoff.after-hours': /明天08:30上班,会先回您/u,
  'handoff.noted': /说"继续"/u,
  'handoff.back': /直接说/u,
  'handoff.claimed': /都能看到/u,
  'handoff.transferred': /接着帮您/u,
  'handoff.reopened': /请同事接着办/u,
  'warranty.closed': /要修、要复核,直接跟我说/u,
  'warranty.dropped': /还有需要直接说/u,
  'warranty.appealed': /明天10:00前打电话答复您/u,
  'warranty.appealed.chat': /明天10:00前在这里答复您/u,
  'warranty.enquiry.serial': /明天10:00前答复您/u,
  'warranty.enquiry.no-terms': /明天10:00前答复您/u,
  'danger.registered': /值班负责人/u,
  'danger.safe.contact': /值班负责人马上打给您/u,
  'danger.contact-noted': /值班负责人马上打给您/u,
  'complaint.filed': /明天10:00前给您回电话,11月26日14:00前给您处理结果。要补充直接说/u,
  'complaint.filed.chat': /明天10:00前在这里回复您,11月26日14:00前给您处理结果。要补充直接说/u,
  'complaint.joined': /明天10:00前给您回电话/u,
  'complaint.joined.chat': /明天10:00前在这里回复您/u,
  'complaint.exchange': /由同事来跟您定,我现在就转/u,
  'complaint.person': /同事来跟您说/u,
  'complaint.dropped': /没有登记投诉.*直接找我/u,
  'complaint.dropped.told': /没有登记投诉.*负责人已经在核实.*直接找我/u,
  'link.asked': /在那边点"是我"就合好了,明天10:00前有效.*回"人工"/u,
  'link.asked.already': /等您在那边点"是我".*回"人工"/u,
  'link.prove-again': /单号和手机号再发我一次/u,
  'link.person': /请同事核对后/u,
  'link.mine': /查进度、改时间直接跟我说/u,
  'link.not-mine': /同事核实.*有不对劲的直接跟我说/u,
  'link.done': /直接说"查进度"/u,
  'link.declined': /回"人工",请同事核对后帮您办/u,
  'link.over': /有需要直接跟我说/u,
  'voice.person': /请同事听完接着跟您说/u,
  'call-back': /同事打\d+给您.*直接发在这里/u,
  'call-back.noted': /同事打\d+给您/u,
  'call-back.ticket': /明天10:00前同事打\d+给您.*要补充直接发在这里/u,
  goodbye: /以后.*找我/u,
};

test.each(Object.entries(NEXT_STEP) as [ReplyKey, RegExp][])('S2-089 %s says what happens next', (key, words) => {
  expect(rendered(key, ZH)).toMatch(words);
});

test('S2-024 what is said of a wrong proof names nothing but the tries left', () => {
  expect(placeholdersOf(ZH_CN['ask.ticket.refused'])).toEqual(['count']);
  expect(placeholdersOf(ZH_CN['handoff.proof-failed'])).toEqual([]);
});

test('S2-017 the confirmation names number, engineer, window and phone', () => {
  for (const key of ['booked', 'booked.several', 'changed'] as const) {
    expect(placeholdersOf(ZH_CN[key])).toEqual(['engineer', 'numbers', 'phone', 'window']);
  }
});

describe('no dead sentence', () => {
  const sources = ['flows', 'src']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((it) => `${folder}/${it}`))
    .filter((path) => path.endsWith('.ts') && !path.includes('/wording/') && !path.includes('/generated/'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

  test('every reply is said somewhere', () => {
    const begun = [...sources.matchAll(/`([a-z][a-z.-]*\.)\$\{/gu)].map((it) => it[1] as string);
    const unused = KEYS.filter((key) => !sources.includes(`'${key}'`) && !begun.some((it) => key.startsWith(it)));
    expect(unused).toEqual([]);
  });

  test('every reply that is said exists', () => {
    const said = [...sources.matchAll(/(?:\bkey: |\bsay\(|\bchoice\()'([a-z][\w.-]*)'/gu)].map((it) => it[1] as string);
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((key) => !KEYS.includes(key as ReplyKey))).toEqual([]);
  });
});
