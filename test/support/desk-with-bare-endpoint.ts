/**
 * The desk as `main.ts` starts it, with one route more for the load run to compare it with: `POST /bare` inserts one row
 * of the size of a chat message and answers with a text of the size of an answer. What any server must do at least.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { type Application, startApplication } from '../../src/application.ts';
import { loadConfigOfProcess } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

/** A message's body sealed, and an answer with its buttons, as they are on average. */
const ROW_BYTES = 300;
const ANSWER_CHARACTERS = 600;

const TABLE =
  'create table if not exists bare_message (id uuid primary key, said text not null, body bytea not null, at timestamptz not null)';
const INSERT = { name: 'bare-insert', text: 'insert into bare_message (id, said, body, at) values ($1, $2, $3, now())' };

const loaded = loadConfigOfProcess();
if (loaded.kind === 'faults') throw new Error(loaded.message);
const log = createLog(loaded.value.logLevel, (line) => process.stderr.write(line), Date.now);

const application = await startApplication(loaded.value, log, Date.now, (app, core) => {
  const answer = '好'.repeat(ANSWER_CHARACTERS / 3);
  app.post('/bare', async (c) => {
    const { text } = await c.req.json<{ readonly text: string }>();
    const id = randomUUID();
    await core.store.pool.query({ ...INSERT, values: [id, text, randomBytes(ROW_BYTES)] });
    return c.json({ id, text: answer });
  });
});
await application.core.store.pool.query(TABLE);
process.stdout.write(`Baoxiu with a bare endpoint is ready.\n  Customer page  ${application.url}/\n`);
process.once('SIGTERM', () => void stop(application));

async function stop(running: Application): Promise<void> {
  await running.stop();
  process.exit(0);
}
