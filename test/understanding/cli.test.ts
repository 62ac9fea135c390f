import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const CLI = new URL('../../src/understanding/cli.ts', import.meta.url).pathname;
const SECONDS_MAX = 60;

describe('npm run understand', () => {
  it(
    'answers line by line, names the error of a malformed line, and goes on',
    () => {
      const now = '2026-11-20T10:00:00+08:00';
      const input = [
        JSON.stringify({ text: '三点', now, expects: 'visitTime' }),
        '{ not json',
        JSON.stringify({ text: '你好' }),
        JSON.stringify({ text: '三点', now, expects: 'nonsense' }),
        JSON.stringify({ text: '空调和冰箱都坏了', now }),
      ].join('\n');
      const run = spawnSync(process.execPath, ['--import', 'tsx', CLI], { input, encoding: 'utf8' });
      const lines = run.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(run.status).toBe(0);
      expect(lines).toHaveLength(5);
      expect(lines[0]).toMatchObject({ intent: 'inform', entities: { visitTime: { dateFrom: '2026-11-20', timeFrom: '15:00' } } });
      for (const index of [1, 2, 3]) expect(lines[index]).toEqual({ error: expect.any(String) });
      expect(lines[4]).toMatchObject({ intent: 'book_repair', entities: { appliance: ['air_conditioner', 'fridge'] } });
    },
    SECONDS_MAX * 1_000,
  );
});
