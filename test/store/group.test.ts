import { setImmediate as nextRound } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { grouped } from '../../src/store/group.ts';

type Batch = {
  readonly items: readonly string[];
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
};

/** A store that answers when the test says so. The key of an item is its first letter. */
function aStore(isAlone: (item: string) => boolean = () => false) {
  const batches: Batch[] = [];
  const write = grouped({
    together: (items: readonly string[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        batches.push({ items, done: () => resolve(items.map((item) => `${item} written`)), fail: reject });
      }),
    keysOf: (item) => [item.slice(0, 1)],
    isAlone,
  });
  const batch = async (place: number): Promise<Batch> => {
    await expect.poll(() => batches.length, { interval: 1 }).toBeGreaterThan(place);
    return batches[place] as Batch;
  };
  return { write, batches, batch };
}

it('who comes alone goes alone, in the next round of the event loop', async () => {
  const { write, batches } = aStore();
  const answer = write('a');
  await nextRound();
  expect(batches.map((it) => it.items)).toEqual([['a']]);
  batches[0]?.done();
  expect(await answer).toBe('a written');
});

it('who waits anyway goes together, and each hears its own answer', async () => {
  const { write, batch } = aStore();
  const first = write('a');
  await batch(0);
  const rest = ['b', 'c', 'd'].map(write);
  (await batch(0)).done();
  expect(await first).toBe('a written');
  expect((await batch(1)).items).toEqual(['b', 'c', 'd']);
  (await batch(1)).done();
  expect(await Promise.all(rest)).toEqual(['b written', 'c written', 'd written']);
});

it('a key is in a batch once, never under way twice, and in the order of arrival', async () => {
  const { write, batch, batches } = aStore();
  const answers = ['a1', 'b1', 'a2', 'a3'].map(write);
  expect((await batch(0)).items).toEqual(['a1', 'b1']);
  // Slow, so that others may pass; what waits for the same row may not.
  answers.push(write('c1'));
  expect((await batch(1)).items).toEqual(['c1']);
  (await batch(1)).done();
  (await batch(0)).done();
  expect((await batch(2)).items).toEqual(['a2']);
  (await batch(2)).done();
  (await batch(3)).done();
  await Promise.all(answers);
  expect(batches.map((it) => it.items)).toEqual([['a1', 'b1'], ['c1'], ['a2'], ['a3']]);
});

it('one that fails is taken out: the others are written one by one, and it goes alone from then on', async () => {
  const { write, batch, batches } = aStore();
  const answers = ['a', 'b', 'c'].map((it) => write(it).catch((error: Error) => error.message));
  (await batch(0)).fail(new Error('broken reference'));
  (await batch(1)).done();
  (await batch(2)).fail(new Error('broken reference'));
  (await batch(3)).done();
  expect(await Promise.all(answers)).toEqual(['a written', 'broken reference', 'c written']);
  expect(batches.map((it) => it.items)).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);

  const again = ['a2', 'b2', 'c2'].map(write);
  expect((await batch(4)).items).toEqual(['a2', 'c2']);
  (await batch(4)).done();
  expect((await batch(5)).items).toEqual(['b2']);
  (await batch(5)).done();
  await Promise.all(again);

  // What was wrong is over: it goes with the others again.
  const later = ['a3', 'b3'].map(write);
  expect((await batch(6)).items).toEqual(['a3', 'b3']);
  (await batch(6)).done();
  await Promise.all(later);
});

it('while the store is away nothing is wrong with anybody: all hear of it, nobody is tried alone', async () => {
  const { write, batch, batches } = aStore();
  const answers = ['a', 'b'].map((it) => write(it).catch((error: Error) => error.message));
  (await batch(0)).fail(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
  expect(await Promise.all(answers)).toEqual(['gone', 'gone']);
  expect(batches).toHaveLength(1);
});

it('what would keep others waiting goes by itself', async () => {
  const { write, batch } = aStore((item) => item.endsWith('!'));
  const answers = ['a', 'b!', 'c'].map(write);
  expect((await batch(0)).items).toEqual(['a', 'c']);
  (await batch(0)).done();
  expect((await batch(1)).items).toEqual(['b!']);
  (await batch(1)).done();
  await Promise.all(answers);
});

it('a batch that waits for a lock holds back nobody, and only so many are under way', async () => {
  const { write, batch, batches } = aStore();
  const answers: Promise<string>[] = [];
  for (const [place, item] of ['a', 'b', 'c'].entries()) {
    answers.push(write(item));
    await batch(place);
  }
  answers.push(write('d'));
  for (let round = 0; round < 5; round++) await nextRound();
  expect(batches.map((it) => it.items)).toEqual([['a'], ['b'], ['c']]);
  (await batch(1)).done();
  (await batch(3)).done();
  for (const it of batches) it.done();
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd'].map((it) => `${it} written`));
});

it('a batch has a largest size', async () => {
  const { write, batch, batches } = aStore();
  const items = Array.from({ length: 150 }, (_, place) => String.fromCharCode(0x4e00 + place));
  const answers = items.map(write);
  for (let place = 0; place < 3; place++) (await batch(place)).done();
  await Promise.all(answers);
  expect(batches.map((it) => it.items.length)).toEqual([64, 64, 22]);
});
