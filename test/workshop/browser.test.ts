import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { PROJECT } from './fixture-tree.ts';

test('the packaged browser draws Chinese', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    // U+E000 has no glyph in any font: what it draws is what a missing character looks like.
    const drawn: string[] = [];
    for (const character of ['报', '保', '\uE000']) {
      await page.setContent(`<p lang="zh-CN" style="font:48px sans-serif">${character}</p>`);
      drawn.push((await page.locator('p').screenshot()).toString('base64'));
    }
    expect(new Set(drawn).size).toBe(3);
  } finally {
    await browser.close();
  }
});

test('two processes that unpack the browser at once both launch it and leave one copy', async () => {
  const TMPDIR = await mkdtemp(join(tmpdir(), 'baoxiu-workshop-'));
  const script =
    "const { launchBrowser } = await import('./test/support/browser.ts'); const b = await launchBrowser(); console.log(b.version()); await b.close();";
  const launch = () =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: PROJECT,
      env: { ...process.env, TMPDIR },
    });
  try {
    const versions = await Promise.all([launch(), launch()]);
    expect(versions.map(({ stdout }) => stdout.trim())).toEqual([expect.stringMatching(/^\d+\./), expect.stringMatching(/^\d+\./)]);
    const copies = (await readdir(TMPDIR)).filter((name) => name.startsWith('baoxiu-chromium-'));
    expect(copies).toHaveLength(process.platform === 'linux' ? 1 : 0);
  } finally {
    await rm(TMPDIR, { recursive: true, force: true });
  }
});
