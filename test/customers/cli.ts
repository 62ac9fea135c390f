/**
 * `npm run customers -- --count 200 --seed 3`: simulated customers hold whole chats with a running desk, their own or the
 * one at `--url` (with STAFF_TOKEN), and what stands on record afterwards is judged. Exit 1 when a gate fails.
 */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AWAY_MILLISECONDS, startOwnDesk } from './own-desk.ts';
import { chatInWords, failedOf, gatesInWords, ownQuestionsInWords, tableOf } from './report.ts';
import { type Judged, runCustomers } from './run.ts';
import { gatesOf } from './verdict.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    url: { type: 'string' },
    parallel: { type: 'string', default: '8' },
    verbose: { type: 'boolean', default: false },
  },
});

const [count, parallel] = [Number(values.count), Number(values.parallel)];
if (!(Number.isInteger(count) && count > 0 && Number.isInteger(parallel) && parallel > 0)) {
  console.error('--count and --parallel are whole numbers above 0');
  process.exit(2);
}
const own = values.url === undefined ? await startOwnDesk() : null;
const desk = own ?? { url: values.url ?? '', staffToken: process.env['STAFF_TOKEN'] ?? '' };
const began = Date.now();
let judged: readonly Judged[] = [];
try {
  judged = await runCustomers(desk, {
    count,
    parallel,
    seed: values.seed,
    awayMilliseconds: AWAY_MILLISECONDS,
    left: (done, { customer, errands }) =>
      process.stderr.write(`${done}/${count} ${customer.manner.name}: ${errands.map((it) => `${it.errand.name} ${it.end}`).join(', ')}\n`),
  });
} finally {
  await own?.close();
}

const verdicts = judged.flatMap((it) => it.verdicts);
const gates = gatesOf(verdicts);
const failed = failedOf(judged);
const file = join(tmpdir(), `customers-${values.seed}-${count}.txt`);
await writeFile(file, `${failed.map(chatInWords).join('\n\n')}\n`);
if (values.verbose) console.log(`${judged.map(chatInWords).join('\n\n')}\n`);
console.log(
  [
    tableOf('manner', verdicts, (it) => it.manner),
    tableOf('errand', verdicts, (it) => it.name),
    gatesInWords(gates),
    ownQuestionsInWords(judged),
    `${count} customers, ${verdicts.length} errands, seed ${values.seed}, ${((Date.now() - began) / 1_000).toFixed(0)} s; ${failed.length} chats with a flaw: ${file}`,
  ].join('\n\n'),
);
process.exitCode = gates.every((it) => it.passed) ? 0 : 1;
