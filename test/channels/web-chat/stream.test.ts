import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ChatActivity, connect, type DirectLineClient } from '../../support/direct-line-client.ts';
import { choices, type DeskOptions, type MemoryDesk, startMemoryDesk } from './memory-desk.ts';

let desk: MemoryDesk;
const clients: DirectLineClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await desk.stop();
});

const join = async (options?: Parameters<typeof connect>[1]) => {
  const client = await connect(desk.url, options);
  clients.push(client);
  return client;
};
const start = async (options?: DeskOptions) => {
  desk = await startMemoryDesk(options);
};
const textsOf = (client: DirectLineClient) => client.messages.map((it) => it.text);

describe('a stream', () => {
  it('greets, echoes the customer with its own id and answers, in order', async () => {
    await start();
    const customer = await join({ user: 'dl_me' });
    expect(await customer.next()).toMatchObject({ text: '您好,这里是报修助手。', from: { id: 'bot', role: 'bot' } });
    await customer.say('空调不制冷', { clientActivityID: 'mine' });
    await customer.next();
    expect(textsOf(customer)).toEqual(['您好,这里是报修助手。', '空调不制冷', '收到:空调不制冷']);
    expect(customer.messages[1]).toMatchObject({ from: { id: 'dl_me', role: 'user' }, channelData: { clientActivityID: 'mine' } });
  });

  it('sends what the adapter let through: plain, with our message id, and no reply-to that the client can’t know', async () => {
    await start({ answer: () => null });
    const customer = await join();
    const dialog = { flow: 'repair-booking', asking: 'fault', reply: ['fault.ask'] };
    const ticket = { number: 'BX-20261120-0001', kind: 'repair', status: 'open' } as const;
    await desk.tell(customer.conversationId, { text: '**什么故障?**', choices: choices('漏水', '不制冷'), dialog, ticket });
    const live = await customer.next();
    const row = desk.log(customer.conversationId).at(-1);
    expect(live.channelData).toEqual({ messageId: row?.id, 'webchat:sequence-id': 2, dialog, ticket });
    expect(live).toMatchObject({ textFormat: 'plain', id: `${customer.conversationId}|0000002` });
    for (const trace of ['replyToId', 'serviceUrl', 'recipient', 'callerId']) expect(live).not.toHaveProperty(trace);

    const again = await join({ resume: customer.resume() });
    expect(await again.next()).toEqual(live);
  });

  it('tells bot and staff apart in one lane', async () => {
    await start({ answer: () => null });
    const customer = await join();
    const placed = [
      desk.write(customer.conversationId, { text: '请稍等' }),
      desk.write(customer.conversationId, { text: '您好,我是客服' }, 'staff'),
      desk.write(customer.conversationId, { text: '还有吗' }),
    ];
    const lane = { conversationId: customer.conversationId, channel: 'web-chat', externalId: 'web_x' } as Parameters<
      typeof desk.webChat.send
    >[0];
    expect(await desk.webChat.send(lane, placed)).toEqual([{ kind: 'delivered' }, { kind: 'delivered' }, { kind: 'delivered' }]);
    await customer.next((it) => it.text === '还有吗');
    expect(customer.messages.map((it) => [it.from.id, it.from.name])).toEqual([
      ['bot', '报修助手'],
      ['staff', '客服'],
      ['bot', '报修助手'],
    ]);
    expect(customer.doubled()).toBe(0);
  });

  it('reaches every open page of the customer', async () => {
    await start();
    const desktop = await join();
    const phone = await join({ resume: desktop.resume() });
    await desktop.say('在电脑上说的');
    for (const page of [desktop, phone]) await page.next((it) => it.text === '收到:在电脑上说的');
    expect(textsOf(phone)).toEqual(textsOf(desktop));
  });

  it('takes a button from long ago as the text it is', async () => {
    await start({ answer: (row) => (row.from === 'system' ? { text: '选一个', choices: choices('预约维修') } : { text: '好' }) });
    const customer = await join();
    await customer.next();
    await customer.press('预约维修');
    await customer.next();
    await customer.say('预约维修');
    await customer.next();
    expect(textsOf(customer)).toEqual(['选一个', '预约维修', '好', '预约维修', '好']);
  });
});

describe('a customer who was away', () => {
  it('finds waiting messages once and in order; they count as delivered then', async () => {
    await start({ answer: () => null });
    const customer = await join();
    customer.drop(true);
    await expect.poll(() => desk.tell(customer.conversationId, { text: '在吗' })).toEqual([{ kind: 'waiting' }]);
    await customer.comeBack();
    await expect
      .poll(() => desk.log(customer.conversationId).every((row) => row.delivery === null || row.delivery === 'delivered'))
      .toBe(true);
    expect(customer.messages.map((it) => it.channelData.messageId)).toEqual(
      desk
        .log(customer.conversationId)
        .slice(1)
        .map((row) => row.id),
    );
    expect(customer.doubled()).toBe(0);
  });

  it('loses and doubles nothing over a restart of the server', async () => {
    await start();
    const customer = await join({ patienceMilliseconds: 5_000 });
    await customer.ask('一');
    const { store } = desk;
    const port = Number(new URL(desk.url).port);
    await desk.stop();
    const said = customer.say('二');
    desk = await startMemoryDesk({ store, port });
    desk.write(customer.conversationId, { text: '停机时写的' });
    await said;
    await customer.next((it) => it.text === '收到:二');
    expect(textsOf(customer).sort()).toEqual(['一', '二', '停机时写的', '您好,这里是报修助手。', '收到:一', '收到:二'].sort());
    const placesOf = (client: DirectLineClient) => client.messages.map((it) => it.id);
    expect(placesOf(customer)).toEqual(placesOf(customer).toSorted());
    expect(customer.doubled()).toBe(0);
  });

  it('is shown a long history in order', async () => {
    await start({ answer: () => null });
    const customer = await join();
    for (let index = 0; index < 450; index++) desk.write(customer.conversationId, { text: String(index) });
    const again = await join({ resume: customer.resume() });
    await again.next((it) => it.text === '449');
    expect(textsOf(again)).toEqual(Array.from({ length: 450 }, (_, index) => String(index)));
  });
});

describe('messages of another process', () => {
  it('are pushed when it wakes us, and a later one of ours does not leave them out', async () => {
    await start({ answer: () => null });
    const customer = await join();
    desk.write(customer.conversationId, { text: '别处写的一' });
    desk.webChat.wake(customer.conversationId as Parameters<typeof desk.webChat.wake>[0]);
    expect((await customer.next()).text).toBe('别处写的一');
    desk.write(customer.conversationId, { text: '别处写的二' });
    expect(await desk.tell(customer.conversationId, { text: '这里写的' })).toEqual([{ kind: 'delivered' }]);
    await customer.next((it) => it.text === '这里写的');
    expect(textsOf(customer)).toEqual(['别处写的一', '别处写的二', '这里写的']);
  });
});

describe('the door of the stream', () => {
  const knock = async (url: string, options: { origin?: string } = {}) => {
    const socket = new WebSocket(url, options);
    socket.on('error', () => undefined);
    return new Promise<number>((resolve) => {
      socket.once('open', () => {
        socket.close();
        resolve(101);
      });
      socket.once('unexpected-response', (_, response) => {
        socket.terminate();
        resolve(response.statusCode ?? 0);
      });
    });
  };
  const streamOf = async (client: DirectLineClient): Promise<string> => {
    const answer = await fetch(`${desk.url}/v3/directline/conversations/${client.conversationId}?watermark=`, {
      headers: { Authorization: `Bearer ${client.token()}` },
    });
    return ((await answer.json()) as { streamUrl: string }).streamUrl;
  };

  it('opens for its own pass only', async () => {
    await start();
    const customer = await join();
    const other = await join();
    const url = await streamOf(customer);
    expect(await knock(url)).toBe(101);
    expect(await knock(url.replace(customer.conversationId, other.conversationId))).toBe(403);
    expect(await knock(url.replace(/t=.*/, `t=${customer.token()}`))).toBe(403);
    expect(await knock(url.replace(/&t=.*/, ''))).toBe(403);
    expect(await knock(url.replace('watermark=0', 'watermark=x'))).toBe(400);
    desk.setNow(Date.now() + 180_000);
    expect(await knock(url)).toBe(403);
    expect((await fetch(url.replace('ws:', 'http:'))).status).toBe(403);
  });

  it('keeps foreign pages out', async () => {
    await start({ allowedOrigins: ['https://shop.example'] });
    const url = await streamOf(await join());
    expect(await knock(url, { origin: 'https://shop.example' })).toBe(101);
    expect(await knock(url, { origin: desk.url })).toBe(101);
    expect(await knock(url, { origin: 'https://evil.example' })).toBe(403);
    expect(await knock(url, { origin: 'null' })).toBe(403);
  });

  it('lets the oldest go when a conversation has too many', async () => {
    await start();
    const customer = await join();
    const sockets: WebSocket[] = [];
    for (let index = 0; index < 5; index++) {
      const socket = new WebSocket(await streamOf(customer));
      await once(socket, 'open');
      sockets.push(socket);
    }
    customer.drop(true);
    const [first] = sockets;
    const another = new WebSocket(await streamOf(customer));
    const yetAnother = new WebSocket(await streamOf(customer));
    const [code] = (await once(first as WebSocket, 'close')) as [number];
    expect(code).toBe(1008);
    for (const socket of [...sockets, another, yetAnother]) socket.terminate();
  });

  it('cuts a client that sends what no client sends', async () => {
    await start();
    const socket = new WebSocket(await streamOf(await join()));
    await once(socket, 'open');
    socket.send('x'.repeat(20_000));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
  });

  it('says goodbye when the server stops', async () => {
    await start();
    const socket = new WebSocket(await streamOf(await join()));
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await desk.webChat.close();
    expect(((await closed) as [number])[0]).toBe(1001);
  });
});

it('carries fifty customers at once without mixing them', async () => {
  await start();
  const crowd = await Promise.all(Array.from({ length: 50 }, (_, index) => join({ user: `dl_${index}` })));
  await Promise.all(
    crowd.map(async (customer, index) => {
      for (const line of ['一', '二', '三']) await customer.ask(`${index}-${line}`);
    }),
  );
  for (const [index, customer] of crowd.entries()) {
    const mine = (it: ChatActivity) => it.text.includes(`${index}-`) || it.text.startsWith('您好');
    expect(customer.messages.every(mine)).toBe(true);
    expect(customer.messages).toHaveLength(7);
    expect(customer.doubled()).toBe(0);
  }
});
