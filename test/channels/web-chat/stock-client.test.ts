/** The protocol as Microsoft's own client speaks it, in Node: an implementation that knows nothing of ours. */
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import XMLHttpRequest from 'xhr2';
import { type MemoryDesk, startMemoryDesk } from './memory-desk.ts';

// The client reads these when it is loaded.
vi.stubGlobal('WebSocket', WebSocket);
vi.stubGlobal('XMLHttpRequest', XMLHttpRequest);
const { DirectLine } = await import('botframework-directlinejs');
type Options = ConstructorParameters<typeof DirectLine>[0];
type Client = InstanceType<typeof DirectLine>;
type Shown = { readonly id?: string; readonly from: { readonly id: string }; readonly text: string };

const FAILED_TO_CONNECT = 4;
const EXPIRED_TOKEN = 3;

let desk: MemoryDesk;
const clients: Client[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await desk.stop();
});
afterAll(() => vi.unstubAllGlobals());

const generate = async (body: unknown = {}) => {
  const response = await fetch(`${desk.url}/v3/directline/tokens/generate`, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as { conversationId: string; token: string; resume: string };
};

const open = (options: Partial<Options>) => {
  // `random` decides how long it waits before it reconnects: 3 s to 15 s.
  const client = new DirectLine({ domain: `${desk.url}/v3/directline`, random: () => 0, ...options } as Options);
  const shown: Shown[] = [];
  const statuses: number[] = [];
  client.connectionStatus$.subscribe((status) => statuses.push(status));
  client.activity$.subscribe({ next: (activity) => shown.push(activity as Shown), error: () => undefined });
  clients.push(client);
  return { client, shown, statuses, texts: () => shown.map((it) => it.text) };
};

const say = ({ client }: { client: Client }, text: string) =>
  new Promise<string>((resolve, reject) =>
    client.postActivity({ type: 'message', from: { id: 'someone else' }, text }).subscribe(resolve, reject),
  );

describe.each([
  ['WebSocket', true],
  ['polling', false],
])('the stock client by %s', (_, webSocket) => {
  it('starts, says something, is answered, and keeps the ids it was told', async () => {
    desk = await startMemoryDesk();
    const chat = open({ token: (await generate({ user: { id: 'dl_stock' } })).token, webSocket, pollingInterval: 200 });
    const id = await say(chat, '空调不制冷');
    await expect.poll(chat.texts, { timeout: 5_000 }).toEqual(['您好,这里是报修助手。', '空调不制冷', '收到:空调不制冷']);
    expect(chat.shown[1]).toMatchObject({ id, from: { id: 'dl_stock' } });
  });

  it('is shown everything again when it resumes by ticket', async () => {
    desk = await startMemoryDesk();
    const first = await generate();
    const chat = open({ token: first.token, webSocket });
    await say(chat, '昨天');
    await expect.poll(chat.texts, { timeout: 5_000 }).toHaveLength(3);
    chat.client.end();
    const resumed = await generate({ resume: first.resume });
    expect(resumed.conversationId).toBe(first.conversationId);
    const again = open({ token: resumed.token, webSocket });
    await expect.poll(again.texts, { timeout: 5_000 }).toEqual(['您好,这里是报修助手。', '昨天', '收到:昨天']);
  });
});

describe('the stock client', () => {
  it('goes on after the server was away, nothing lost, nothing doubled', async () => {
    desk = await startMemoryDesk();
    const { token, conversationId } = await generate();
    const chat = open({ token });
    await say(chat, '一');
    await expect.poll(chat.texts).toHaveLength(3);
    const { store } = desk;
    const port = Number(new URL(desk.url).port);
    await desk.stop();
    desk = await startMemoryDesk({ store, port });
    desk.write(conversationId, { text: '停机时写的' });
    await expect.poll(chat.texts, { timeout: 10_000 }).toContain('停机时写的');
    await say(chat, '二');
    await expect.poll(chat.texts).toEqual(['您好,这里是报修助手。', '一', '收到:一', '停机时写的', '二', '收到:二']);
  });

  it('is told that its token has expired, and that a forged one is none', async () => {
    desk = await startMemoryDesk();
    const chat = open({ token: (await generate()).token });
    await say(chat, '一');
    desk.setNow(Date.now() + 2 * 3_600_000);
    expect(await say(chat, '二')).toBe('retry');
    expect(chat.statuses).toContain(EXPIRED_TOKEN);
    const forged = open({ token: 'nonsense' });
    await expect.poll(() => forged.statuses).toContain(FAILED_TO_CONNECT);
  });
});
