/** Writes docs/performance.md and its chart from results. */
import { readFile, writeFile } from 'node:fs/promises';
import { type Results, readLoadResults } from '../results.ts';
import { chartOf } from './chart.ts';
import { pageOf } from './page.ts';

export async function writePage(results: Results): Promise<void> {
  const notes = await readFile(new URL('../notes.md', import.meta.url), 'utf8');
  await writeFile(new URL('../../docs/images/performance.svg', import.meta.url), chartOf(results));
  await writeFile(new URL('../../docs/performance.md', import.meta.url), pageOf(results, await readLoadResults(), notes));
  console.log('\nWritten: docs/performance.md');
}
