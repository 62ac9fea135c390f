import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STAFF_EN } from '../../src/wording/staff/en.ts';
import { staffWords } from '../../src/wording/staff/render.ts';
import { STAFF_ZH } from '../../src/wording/staff/zh-cn.ts';

const ZH: Readonly<Record<string, string>> = STAFF_ZH;
const EN: Readonly<Record<string, string>> = STAFF_EN;

function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((it) => it[1] ?? ''))].sort();
}

/** What is typed as it stands, and marks. */
function spoken(text: string): string {
  return text.replace(/`[^`]*`|\u201c[^\u201d]*\u201d|<[^>]*>|\{\w+\}/gu, 'x');
}

describe('what staff read', () => {
  it('is there in both languages, with the same placeholders', () => {
    expect(Object.keys(EN).sort()).toEqual(Object.keys(ZH).sort());
    expect(Object.keys(ZH).filter((key) => placeholders(ZH[key] ?? '').join() !== placeholders(EN[key] ?? '').join())).toEqual([]);
    expect(Object.entries({ ...ZH, ...EN }).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('has the punctuation of its language, and says 您', () => {
    const wrong = Object.entries(ZH).filter(([, text]) => /\p{Script=Han}\s*[,?!;:()]|[,?!;:()]\s*\p{Script=Han}|你/u.test(spoken(text)));
    expect(wrong).toEqual([]);
    expect(Object.entries(EN).filter(([, text]) => /[\uff0c\u3002\uff1f\uff01\uff1a\uff1b\uff08\uff09]/u.test(text))).toEqual([]);
  });

  it('fills its placeholders, and will not be said without', () => {
    const word = staffWords('zh-CN');
    expect(word('command.find.found', { count: 3 })).toBe('找到3张');
    expect(() => word('command.find.found')).toThrow('invariant: staff word command.find.found wants {count}');
  });
});

describe('no dead word', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('wording/') && !path.includes('/generated/'))
    .map((path) => readFileSync(`src/${path}`, 'utf8'))
    .join('\n');

  it('every word is said somewhere', () => {
    const made = [...sources.matchAll(/\bword\(\s*`([^`]+)`/gu)].map(
      (found) => new RegExp(`^${(found[1] ?? '').replaceAll('.', '\\.').replace(/\$\{[^}]*\}/gu, '[\\w.-]+')}$`, 'u'),
    );
    const unused = Object.keys(ZH).filter((key) => !sources.includes(`'${key}'`) && !made.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});
