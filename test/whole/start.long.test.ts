/** Starting, stopping, starting again: on a store of its own, on one that a killed process left behind, and two on one store. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { connect } from '../support/direct-line-client.ts';
import { bareEnvironment, isAlive, PROJECT, runScript, startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { askingOf, phoneOf } from './booking.ts';
import { type Handoff, type Message, staffApi, type TicketLine } from './staff-api.ts';

const STOP_MILLISECONDS_MAX = 10_000;
/** A second or two on a machine that has nothing else to do. */
const ACROSS_PROCESSES_MILLISECONDS_MAX = 5_000;
/** More than the turns that run side by side. */
const CUSTOMERS_AT_THE_STOP = 40;
const TEST_MILLISECONDS_MAX = 90_000;
/** Far more than are said before somebody has claimed the conversation. */
const LINES_UNTIL_CLAIMED = 5_000;

const NO_LANGUAGE = { LANG: undefined, LC_ALL: undefined, LC_CTYPE: undefined };
const NO_SUCH_LANGUAGE = { LANG: 'xx_YY.UTF-8', LC_ALL: 'xx_YY.UTF-8' };

describe('a desk on its own embedded store', { timeout: TEST_MILLISECONDS_MAX }, () => {
  let desk: WholeDesk;
  beforeAll(async () => {
    desk = await startDesk({ environment: NO_LANGUAGE });
  });
  afterAll(() => desk.close());

  it('starts without LANG, and again with one that is not installed; what was said in Chinese is still there', async () => {
    const first = desk.readyMilliseconds();
    const client = await connect(desk.url);
    await client.next();
    expect(askingOf(await client.ask('空调不制冷'))).toBe('address');
    expect(await desk.stop()).toMatchObject({ code: 0 });
    await desk.restart(NO_SUCH_LANGUAGE);
    console.log(
      `ready after ${first} ms the first time (the cluster made, demo data put in), after ${desk.readyMilliseconds()} ms the second`,
    );
    expect(askingOf(await client.ask('北京市朝阳区望京街道阜通东大街6号院3号楼1501'))).toBe('phone');
    expect(client.messages.map((it) => it.text)).toContain('空调不制冷');
    expect(client.doubled()).toBe(0);
    client.close();
  });

  it('told to stop with turns in hand finishes them, exits 0 in time and takes PostgreSQL with it', async () => {
    const clients = await Promise.all(Array.from({ length: CUSTOMERS_AT_THE_STOP }, () => connect(desk.url)));
    await Promise.all(clients.map((it) => it.next()));
    const postmaster = await postmasterOf(desk);
    await Promise.all(clients.map((it) => it.say('冰箱漏水')));
    const exit = await desk.stop();
    const stoppedAt = Date.now();
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(exit.milliseconds).toBeLessThan(STOP_MILLISECONDS_MAX);
    expect(await postmasterOf(desk)).toBe(0);
    // Its file goes first, the process a moment later.
    await expect.poll(() => isAlive(postmaster), { timeout: 10_000 }).toBe(false);

    await desk.restart(NO_LANGUAGE);
    for (const client of clients) {
      const log = await messagesOf(desk, client.conversationId);
      expect(log.map((it) => it.from)).toEqual(['bot', 'customer', 'bot']);
      expect(Date.parse(log[2]?.at ?? '')).toBeLessThan(stoppedAt);
      client.close();
    }
  });

  it('killed leaves a PostgreSQL that the next start attaches to instead of starting another', async () => {
    const postmaster = await postmasterOf(desk);
    await desk.kill9();
    expect(isAlive(postmaster)).toBe(true);
    await desk.restart();
    expect(await postmasterOf(desk)).toBe(postmaster);
    const client = await connect(desk.url);
    await client.next();
    expect(askingOf(await client.ask('空调不制冷'))).toBe('address');
    client.close();
  });

  it('shares its store with `npm run chat`, which books from a script and leaves the desk as it was', async () => {
    const postmaster = await postmasterOf(desk);
    const chat = await chatFrom(desk.dataDir, bookingScript(phoneOf(900)));
    expect(chat).toMatchObject({ code: 0, stderr: '' });
    expect(chat.stdout).toMatch(/约好了[,，]单号BX-\d{8}-\d{4,}/);
    expect(desk.isAlive()).toBe(true);
    expect(await postmasterOf(desk)).toBe(postmaster);
    const tickets = await staffApi(desk).all<TicketLine>(`/tickets?q=${phoneOf(900)}`);
    expect(tickets.map((it) => [it.channel, it.status])).toEqual([['terminal', 'scheduled']]);
  });

  it('lets a script of `npm run chat` fail at the line that gets no reply because people have the conversation', async () => {
    const lines = ['人工', ...Array.from({ length: LINES_UNTIL_CLAIMED }, () => '还在吗')];
    const talking = chatFrom(desk.dataDir, lines);
    const api = staffApi(desk);
    await expect
      .poll(
        async () => {
          for (const { id } of await api.all<Handoff>('/handoffs?status=queued')) await api.post(`/handoffs/${id}/claim`);
          return (await api.all<Handoff>('/handoffs?status=claimed')).length;
        },
        { timeout: 60_000, interval: 20 },
      )
      .toBe(1);
    expect(await talking).toMatchObject({ code: 1, stderr: 'No reply to: 还在吗\n' });
  });

  it('started by `npm start` stops when npm is told to: nothing is left behind', async () => {
    await desk.stop();
    const npm = spawn('npm', ['start'], {
      cwd: PROJECT,
      env: { ...bareEnvironment({ DATA_DIR: desk.dataDir, PORT: new URL(desk.url).port }) },
      stdio: 'ignore',
    });
    const gone = new Promise((resolve) => npm.once('exit', (code) => resolve(code)));
    const ready = () =>
      fetch(`${desk.url}/readyz`).then(
        (it) => it.status,
        () => 'away',
      );
    await expect.poll(ready, { timeout: 30_000 }).toBe(200);
    npm.kill('SIGTERM');
    expect(await gone).toBe(0);
    expect(await ready()).toBe('away');
    expect(await postmasterOf(desk)).toBe(0);
  });

  it('that does not run is not needed for `npm run chat`: it starts the store and stops it again', async () => {
    expect(desk.isAlive()).toBe(false);
    const chat = await chatFrom(desk.dataDir, bookingScript(phoneOf(901)));
    expect(chat).toMatchObject({ code: 0, stderr: '' });
    expect(chat.stdout).toContain('约好了');
    expect(await postmasterOf(desk)).toBe(0);
    const missing = await runScript('src/channels/terminal.ts', ['--script', '/nowhere.txt'], { DATA_DIR: desk.dataDir });
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('/nowhere.txt') });
  });
});

describe('two desks on one DATABASE_URL', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('serve one conversation: what staff and customers say on one is heard on the other, once', async () => {
    const database = await freshDatabase();
    const environment = { PII_KEY: randomBytes(32).toString('base64'), STAFF_TOKEN: 'one-token-for-both' };
    const [one, other] = await Promise.all([
      startDesk({ databaseUrl: database.url, environment }),
      startDesk({ databaseUrl: database.url, environment }),
    ]);
    const client = await connect(one.url);
    try {
      await client.next();
      await client.ask('人工');
      const api = staffApi(other);
      const handoff = (await api.all<Handoff>('/handoffs?status=queued')).find((it) => it.conversationId === client.conversationId);
      await api.post(`/handoffs/${handoff?.id}/claim`);
      const claimed = await client.next(undefined, ACROSS_PROCESSES_MILLISECONDS_MAX);
      expect(claimed.channelData.dialog?.reply).toEqual(['handoff.claimed']);
      const began = performance.now();
      await api.post(`/handoffs/${handoff?.id}/reply`, { text: '您好,我在另一台上。' });
      expect(await client.next(undefined, ACROSS_PROCESSES_MILLISECONDS_MAX)).toMatchObject({
        text: '您好,我在另一台上。',
        from: { id: 'staff' },
      });
      console.log(`a reply through the other process was heard after ${Math.round(performance.now() - began)} ms`);
      await api.post(`/handoffs/${handoff?.id}/release`);
      await client.next((it) => it.channelData.dialog?.reply.includes('handoff.back') === true, ACROSS_PROCESSES_MILLISECONDS_MAX);

      const posted = await fetch(`${other.url}/v3/directline/conversations/${client.conversationId}/activities`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${client.token()}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ type: 'message', from: { id: 'me' }, text: '空调不制冷' }),
      });
      expect(posted.status).toBe(200);
      expect(askingOf(await client.next(undefined, ACROSS_PROCESSES_MILLISECONDS_MAX))).toBe('address');
      expect(askingOf(await client.ask('北京市朝阳区望京街道阜通东大街6号院3号楼1501'))).toBe('phone');
      const log = await messagesOf(one, client.conversationId);
      // Staff see no door.
      const shown = client.messages.filter((it) => it.text !== '').map((it) => it.text.replace(/望京街道阜通.*/u, '***'));
      expect(shown).toEqual(log.map((it) => it.text));
      expect(client.doubled()).toBe(0);
    } finally {
      client.close();
      await Promise.all([one.close(), other.close()]);
      await database.drop();
    }
  });
});

function bookingScript(phone: string): readonly string[] {
  return ['# 报修', '空调不制冷', '', '北京市朝阳区望京街道阜通东大街6号院3号楼1501', phone, '王芳', '后天下午三点', '确认'];
}

async function chatFrom(dataDir: string, lines: readonly string[]) {
  const script = join(dataDir, 'script.txt');
  await writeFile(script, `${lines.join('\n')}\n`);
  return runScript('src/channels/terminal.ts', ['--script', script], { DATA_DIR: dataDir });
}

/** The process number of the desk's PostgreSQL, 0 when none runs. */
async function postmasterOf({ dataDir }: WholeDesk): Promise<number> {
  const folder = (await readFile(join(dataDir, 'postgres-place'), 'utf8').catch(() => join(dataDir, 'postgres'))).trim();
  const text = await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '0');
  return Number(text.split('\n')[0]);
}

async function messagesOf(desk: WholeDesk, conversationId: string): Promise<readonly Message[]> {
  return (await staffApi(desk).get<{ readonly items: readonly Message[] }>(`/conversations/${conversationId}/messages`)).body.items;
}
