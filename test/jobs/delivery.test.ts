import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlacedMessage } from '../../src/turn/message.ts';
import type { Send, SendResult } from '../../src/turn/ports.ts';
import { aLane, anOutbox, aProcess, type MemoryOutbox } from './an-outbox.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SECOND = 1_000;
const later = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * SECOND);
const pauseOf = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * SECOND));

/** Tries in the order they began, each with the second it began at. */
function aRecorder(answer: (message: PlacedMessage, tries: number) => SendResult | Promise<SendResult>) {
  const began = Date.now();
  const tried: { readonly text: string; readonly at: number }[] = [];
  const send: Send = async (_lane, messages) => {
    const results: SendResult[] = [];
    for (const message of messages) {
      tried.push({ text: message.body.text, at: Math.round((Date.now() - began) / SECOND) });
      const result = await answer(message, tried.filter((it) => it.text === message.body.text).length);
      results.push(result);
      if (result.kind !== 'delivered' && result.kind !== 'waiting') break;
    }
    return results;
  };
  return { send, tried, texts: () => tried.map((it) => it.text) };
}

const DELIVERED: SendResult = { kind: 'delivered' };
const AGAIN: SendResult = { kind: 'again', afterMilliseconds: 0 };
const states = ({ rows }: MemoryOutbox) => Object.fromEntries(rows.map((it) => [it.message.body.text, it.delivery]));

describe('the order of a lane', () => {
  it('when a reply fails while the next waits in memory, then the next is not sent before it', async () => {
    const outbox = anOutbox();
    const { send, texts } = aRecorder(async (message, tries) => {
      await pauseOf(1);
      return message.body.text === '一' && tries === 1 ? AGAIN : DELIVERED;
    });
    const one = aProcess(outbox, { wechat: send });
    const lane = aLane();
    await one.reply(lane, '一');
    await one.reply(lane, '二');
    await one.reply(lane, '三');
    one.keepSweeping();
    await later(12);
    expect(texts()).toEqual(['一', '一', '二', '三']);
    expect(states(outbox)).toEqual({ 一: 'delivered', 二: 'delivered', 三: 'delivered' });
  });

  it('when the store is away as the lane is looked at again, then the next is not sent before what was not', async () => {
    const outbox = anOutbox();
    let away = false;
    const renew: typeof outbox.renew = (...wanted) => (away ? Promise.reject(new Error('gone')) : outbox.renew(...wanted));
    const { send, texts } = aRecorder(async () => {
      await pauseOf(1);
      return DELIVERED;
    });
    const one = aProcess({ ...outbox, renew }, { wechat: send });
    const lane = aLane();
    await one.reply(lane, '一');
    await one.reply(lane, '二');
    away = true;
    await one.reply(lane, '三');
    await later(1);
    away = false;
    one.keepSweeping();
    await later(10);
    expect(texts()).toEqual(['一', '二', '三']);
  });

  it('when the channel refuses one message for good, then that is logged without a word of it and the lane goes on at once', async () => {
    const outbox = anOutbox();
    const { send, tried } = aRecorder((message) => (message.body.text === '二' ? { kind: 'failed', reason: 'user-blocked' } : DELIVERED));
    const one = aProcess(outbox, { wechat: send });
    await one.reply(aLane(), '一', '二', '三');
    await later(0);
    expect(tried.map((it) => it.text)).toEqual(['一', '二', '三']);
    expect(states(outbox)).toEqual({ 一: 'delivered', 二: 'failed', 三: 'delivered' });
    expect(one.lines.map((it) => it.event)).toEqual(['delivery-refused']);
    expect(JSON.stringify(one.lines)).not.toContain('二');
  });
});

describe('a send that takes long', () => {
  it('when it takes longer than the writer may keep the message, then another process does not send it again', async () => {
    const outbox = anOutbox();
    const { send, texts } = aRecorder(async () => {
      await pauseOf(18);
      return DELIVERED;
    });
    const [one, two] = [aProcess(outbox, { wechat: send }), aProcess(outbox, { wechat: send })];
    two.keepSweeping();
    await one.reply(aLane(), '一');
    await later(60);
    expect(texts()).toEqual(['一']);
    expect(states(outbox)).toEqual({ 一: 'delivered' });
  });

  it('when our own sweep finds the message meanwhile, then it is not sent again either', async () => {
    const outbox = anOutbox();
    const { send, texts } = aRecorder(async () => {
      await pauseOf(6.5);
      return DELIVERED;
    });
    const one = aProcess(outbox, { wechat: send });
    one.keepSweeping();
    await one.reply(aLane(), '一');
    await later(60);
    expect(texts()).toEqual(['一']);
  });

  it('when it never ends, then it is given up after twenty seconds and tried again under the same id', async () => {
    const outbox = anOutbox();
    const ids: string[] = [];
    const one = aProcess(outbox, {
      wechat: async (_lane, messages) => {
        ids.push(...messages.map((it) => it.id));
        return ids.length === 1 ? await new Promise(() => undefined) : messages.map(() => DELIVERED);
      },
    });
    one.keepSweeping();
    await one.reply(aLane(), '一');
    await later(30);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(states(outbox)).toEqual({ 一: 'delivered' });
  });
});

describe('a channel that fails', () => {
  it('when it keeps failing, then tries come further and further apart, the twelfth is the last, and the lane goes on', async () => {
    const outbox = anOutbox();
    const { send, tried } = aRecorder((message) => (message.body.text === '一' ? AGAIN : DELIVERED));
    const one = aProcess(outbox, { wechat: send });
    one.keepSweeping();
    await one.reply(aLane(), '一', '二');
    await later(3_600);
    const first = tried.filter((it) => it.text === '一').map((it) => it.at);
    const gaps = first.slice(1).map((at, index) => at - (first[index] ?? 0));
    expect(first).toHaveLength(12);
    expect([...gaps].sort((a, b) => a - b)).toEqual(gaps);
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(300);
    expect(states(outbox)).toEqual({ 一: 'failed', 二: 'delivered' });
    expect(one.lines.filter((it) => it.event === 'delivery-given-up')).toHaveLength(1);
    expect(JSON.stringify(one.lines)).not.toMatch(/一|二/);
  });

  it('when a message gets through after many tries, then the one after it has tries of its own', async () => {
    const outbox = anOutbox();
    const { send, texts } = aRecorder((message, tries) => (tries < (message.body.text === '一' ? 12 : 3) ? AGAIN : DELIVERED));
    const one = aProcess(outbox, { wechat: send });
    one.keepSweeping();
    const lane = aLane();
    await one.reply(lane, '一');
    await later(800);
    await one.reply(lane, '二');
    await later(1_200);
    expect(texts().filter((it) => it === '二')).toHaveLength(3);
    expect(states(outbox)).toEqual({ 一: 'delivered', 二: 'delivered' });
  });

  it('when hundreds of its lanes are due, then a lane of another channel is served by the next sweep', async () => {
    const outbox = anOutbox();
    const wechat = aRecorder(() => AGAIN);
    const slack = aRecorder(() => DELIVERED);
    const dead = aProcess(outbox, {});
    for (let lanes = 0; lanes < 300; lanes++) await dead.reply(aLane('wechat'), '一');
    const one = aProcess(outbox, { wechat: wechat.send, slack: slack.send });
    await later(6);
    await dead.reply(aLane('slack'), '二');
    await one.sweep();
    await later(0);
    expect(slack.texts()).toEqual(['二']);
  });

  it('when it throws something personal, then only its kind is logged', async () => {
    const one = aProcess(anOutbox(), { wechat: () => Promise.reject(new TypeError('王芳 13800138000')) });
    await one.reply(aLane(), '一');
    await later(0);
    expect(one.lines).toEqual([{ event: 'send-failed', fields: expect.objectContaining({ channel: 'wechat', error: 'TypeError' }) }]);
  });
});

describe('the store', () => {
  it('when it is away as a reply was sent, then the reply is marked when it is back, and not sent again', async () => {
    const outbox = anOutbox();
    let away = true;
    const gone =
      <Wanted extends readonly unknown[], Result>(work: (...wanted: Wanted) => Promise<Result>) =>
      (...wanted: Wanted) =>
        away ? Promise.reject(new Error('gone')) : work(...wanted);
    const { send, texts } = aRecorder(() => DELIVERED);
    const one = aProcess({ ...outbox, settle: gone(outbox.settle), claim: gone(outbox.claim) }, { wechat: send });
    one.keepSweeping();
    await one.reply(aLane(), '一');
    await later(9);
    away = false;
    await later(9);
    expect(texts()).toEqual(['一']);
    expect(states(outbox)).toEqual({ 一: 'delivered' });
  });

  it('when nobody here has the channel, then the reply is left to the process that has', async () => {
    const outbox = anOutbox();
    const { send, texts } = aRecorder(() => DELIVERED);
    const [without, having] = [aProcess(outbox, {}), aProcess(outbox, { wechat: send })];
    having.keepSweeping();
    without.keepSweeping();
    await without.reply(aLane(), '一', '二');
    await later(3);
    expect(texts()).toEqual(['一', '二']);
  });
});
