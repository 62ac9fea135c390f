import { expect, it } from 'vitest';
import { createFewAtOnce } from '../../src/files/few-at-once.ts';

it('one works, the others wait in order, who comes when the line is full is told so, and a failure lets the next in', async () => {
  const inTurn = createFewAtOnce(1, 2);
  const done: string[] = [];
  const gates: (() => void)[] = [];
  const work = (name: string) =>
    inTurn(async () => {
      await new Promise<void>((open) => gates.push(open));
      if (name === 'b') throw new Error('b fails');
      done.push(name);
      return name;
    });
  const [a, b, c] = [work('a'), work('b'), work('c')];
  const failed = expect(b).rejects.toThrow('b fails');
  expect(await work('d')).toBeNull();
  expect(gates).toHaveLength(1);
  gates[0]?.();
  expect(await a).toBe('a');
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.();
  await failed;
  await expect.poll(() => gates.length).toBe(3);
  gates[2]?.();
  expect(await c).toBe('c');
  expect(done).toEqual(['a', 'c']);
  const last = work('e');
  await expect.poll(() => gates.length).toBe(4);
  gates[3]?.();
  expect(await last).toBe('e');
});
