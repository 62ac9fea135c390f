import { describe, expect, test } from 'vitest';
import { partReader } from '../../src/turn/answers.ts';
import { SURE } from '../../src/turn/intents.ts';
import { believed, type Doubt, doubtOf, type Proposal, type Propose, secondOpinion } from '../../src/turn/proposal.ts';
import { createUnderstand } from '../../src/understanding/understand.ts';
import { EXPECTED, type Expected, INTENTS, type Intent, type Understood } from '../../src/understanding/understood.ts';

const understand = createUnderstand();
const about = { now: Date.parse('2026-11-20T10:00:00+08:00'), timeZone: 'Asia/Shanghai' };
const readPart = partReader(understand, about);

/** An intent the classifier had among its guesses for it, and one it had not. */
const UNCLEAR = '上回说的那事有眉目没';
const GUESSED: Intent = 'query_progress';
const FOREIGN: Intent = 'cancel_booking';

/** As it is read, but in doubt and without its place: whatever the readers of the day make of it. */
function halfRead(text: string, asking: Expected | null): Understood {
  const [intent, other] = asking === 'confirm' ? (['affirm', 'inform'] as const) : ([GUESSED, 'correct'] as const);
  const read = readPart(text, asking);
  const entities = { ...read.entities, address: null };
  return { ...read, entities, intent, confidence: SURE - 0.1, alternatives: [{ intent: other, confidence: 0.2 }] };
}

function unsure(text: string, asking: Expected | null): { readonly understood: Understood; readonly doubt: Doubt } {
  const understood = halfRead(text, asking);
  const doubt = doubtOf(text, understood, asking);
  if (doubt === null) throw new Error(`${text} is clear: ${understood.intent} ${understood.confidence}`);
  return { understood, doubt };
}

function judged(text: string, asking: Expected | null, proposal: Proposal): { readonly before: Understood; readonly now: Understood } {
  const { understood, doubt } = unsure(text, asking);
  return { before: understood, now: believed(proposal, doubt, understood, readPart) };
}

const value = (slot: Expected, text: string): Proposal => ({ intent: 'inform', values: [{ slot, value: text }] });

describe('what is asked about', () => {
  test('a message the classifier is unsure of, with its own guesses and little else', () => {
    expect(unsure(UNCLEAR, null).doubt).toEqual({
      text: UNCLEAR,
      asking: null,
      candidates: [GUESSED, 'correct', 'inform'],
    });
  });

  test.each<[string, string]>([
    ['one that is clear', '帮我改到下周二上午十点'],
    ['danger', '燃气灶漏气了，一股煤气味'],
    ['a single character', '嗯'],
    ['a letter', '上回说的那事有眉目没。'.repeat(50)],
  ])('never %s', (_, text) => {
    expect(doubtOf(text, readPart(text, null), null)).toBeNull();
  });

  test('danger stays the rules’ matter even when the intent is unclear', () => {
    const clear = readPart('燃气灶漏气了，一股煤气味', null);
    expect(doubtOf('燃气灶漏气了', { ...clear, confidence: 0.1 }, null)).toBeNull();
  });

  test('danger and abuse are no candidates, even where the classifier thinks of them', () => {
    const understood = {
      ...halfRead(UNCLEAR, null),
      intent: 'abuse',
      alternatives: [{ intent: 'danger', confidence: 0.2 }],
    } as const satisfies Understood;
    expect(doubtOf(UNCLEAR, understood, null)?.candidates).toEqual(['inform']);
  });

  test('a yes is a candidate only where a read-back follows', () => {
    const open = EXPECTED.filter((it) => doubtOf(UNCLEAR, halfRead(UNCLEAR, null), it)?.candidates.includes('affirm'));
    expect(open.toSorted()).toEqual(['address', 'appliance', 'model', 'name', 'serviceMode', 'window']);
  });

  test('a yes the classifier itself half reads at a read-back is not confirmed by anybody else', () => {
    const { doubt, understood } = unsure('照着弄就成', 'confirm');
    expect([understood.intent, doubt.candidates.includes('affirm')]).toEqual(['affirm', false]);
  });
});

describe('what is believed', () => {
  test('an intent the classifier had thought of is acted on, just so', () => {
    const { before, now } = judged(UNCLEAR, null, { intent: 'correct', values: [] });
    expect(before.intent).toBe(GUESSED);
    expect(now.intent).toBe('correct');
    expect(now.confidence).toBeGreaterThan(SURE);
    expect(now.confidence).toBeLessThan(SURE + 0.05);
    expect(now.alternatives.map((it) => it.intent)).toEqual([GUESSED]);
    expect(now.entities).toBe(before.entities);
  });

  test('any other intent changes nothing, with values or without', () => {
    for (const intent of INTENTS.filter((it) => it !== GUESSED && it !== 'inform' && it !== 'correct')) {
      const { before, now } = judged(UNCLEAR, null, { intent, values: [{ slot: 'fault', value: '那事' }] });
      expect(now, intent).toBe(before);
    }
    expect(judged(UNCLEAR, null, { intent: FOREIGN, values: [] }).now.intent).toBe(GUESSED);
  });

  test('a value the customer wrote is read by the extractors', () => {
    const { before, now } = judged('就住万科城市花园里头，麻烦了哈', 'address', value('address', '万科城市花园'));
    expect(before.entities.address).toBeNull();
    expect(now).toMatchObject({ intent: 'inform', entities: { address: { detail: '万科城市花园', city: null } } });
    expect(judged('大名叫作欧阳青', 'name', value('name', '欧阳青')).now.entities.name).toBe('欧阳青');
  });

  test.each<[string, Expected, string]>([
    ['was never written', 'address', '万科城市广场'],
    ['the extractors make nothing of', 'address', '麻烦'],
    ['is a token', 'address', '[ADDRESS]'],
    ['is empty', 'address', ' '],
    ['is a day', 'window', '里头'],
    ['answers a slot a model has no business with', 'confirm', '万科城市花园'],
  ])('a value that %s is nothing', (_, slot, text) => {
    const { before, now } = judged('就住万科城市花园里头，麻烦了哈', 'address', value(slot, text));
    expect(now).toBe(before);
  });

  test('no day, time, score, phone, serial or ticket is ever filled, whatever is written', () => {
    const text = '那啥，13800138000，DEMO2026IN0001，BX-20261120-0031，明天下午三点，去年五月，8分';
    const empty = readPart('那啥', null);
    const doubt: Doubt = { text, asking: 'window', candidates: ['inform'] };
    const values = (['phone', 'serial', 'ticket', 'window', 'purchasedOn', 'score'] as const).flatMap((slot) =>
      text.split('，').map((it) => ({ slot, value: it })),
    );
    for (const one of values) expect(believed({ intent: 'inform', values: [one] }, doubt, empty, readPart)).toBe(empty);
  });

  test('a piece of a longer code is no value', () => {
    const doubt: Doubt = { text: '贴着 XKFR-35GW9 那台', asking: 'model', candidates: ['inform'] };
    const before = { ...readPart('那啥', null), intent: 'chitchat', confidence: 0.2 } as const satisfies Understood;
    expect(believed(value('model', 'KFR-35GW'), doubt, before, readPart)).toBe(before);
    const whole = { ...doubt, text: '贴着KFR-35GW那台' };
    expect(believed(value('model', 'KFR-35GW'), whole, before, readPart).entities.model).toBe('KFR-35GW');
  });

  test('what the text states by itself stays', () => {
    const doubt: Doubt = { text: '不是冰箱，是空调', asking: 'appliance', candidates: ['inform'] };
    const before = { ...readPart(doubt.text, 'appliance'), confidence: 0.3 };
    expect(before.entities.appliances).toEqual(['air_conditioner']);
    expect(believed(value('appliance', '冰箱'), doubt, before, readPart)).toBe(before);
  });

  test('danger can’t be read into a piece of a harmless sentence', () => {
    const doubt: Doubt = { text: '又没有着火，就是不大灵光', asking: 'fault', candidates: ['inform'] };
    const before = { ...readPart('那啥', null), intent: 'chitchat', confidence: 0.2 } as const satisfies Understood;
    expect(readPart('着火', 'fault').entities.danger).not.toBeNull();
    expect(believed(value('fault', '着火'), doubt, before, readPart).entities.danger).toBeNull();
  });
});

describe('asking', () => {
  const proposing = (proposal: Proposal | null): { readonly propose: Propose; readonly doubts: Doubt[] } => {
    const doubts: Doubt[] = [];
    return {
      doubts,
      propose: (doubt) => {
        doubts.push(doubt);
        return Promise.resolve(proposal);
      },
    };
  };

  test('nobody is asked without a model, nor about a clear message', async () => {
    const unclear = readPart(UNCLEAR, null);
    expect(await secondOpinion(null, UNCLEAR, unclear, null, readPart)).toBe(unclear);
    const clear = readPart('我要报修空调', null);
    const { propose, doubts } = proposing({ intent: 'complaint', values: [] });
    expect(await secondOpinion(propose, '我要报修空调', clear, null, readPart)).toBe(clear);
    expect(doubts).toEqual([]);
  });

  test('a model with nothing to say leaves everything as it was; one with a proposal is believed within bounds', async () => {
    const unclear = readPart(UNCLEAR, null);
    expect(await secondOpinion(proposing(null).propose, UNCLEAR, unclear, null, readPart)).toBe(unclear);
    const helped = await secondOpinion(proposing({ intent: GUESSED, values: [] }).propose, UNCLEAR, unclear, null, readPart);
    expect([helped.intent, helped.confidence > SURE]).toEqual([GUESSED, true]);
  });
});
