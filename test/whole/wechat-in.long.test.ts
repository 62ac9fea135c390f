/** What customers send on WeChat, whatever it is: kept, understood as far as it can be, and never met with silence. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { says } from '../support/says.ts';
import { API_PATHS } from '../support/wechat-api.ts';
import type { WechatCustomer } from '../support/wechat-customer.ts';
import { SAMPLES } from '../support/wechat-media.ts';
import { wordsOf } from '../support/wechat-people.ts';
import { phoneOf } from './booking.ts';
import type { Ticket } from './staff-api.ts';
import { bookVisit, heard, keptFiles, OPEN_ALWAYS, openChats, PATIENCE_MILLISECONDS, SOON, type WechatChats } from './wechat-chats.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
const SERIAL = 'DEMO2026IN0001';
const MODEL = 'BCD-470WGHTD';

let chats: WechatChats;
/** Its customers type as people do, and its platform hands out a film instead of an address. */
let slow: WechatChats;
beforeAll(async () => {
  const { burstMilliseconds: _, ...atOnce } = OPEN_ALWAYS;
  [chats, slow] = await Promise.all([
    openChats({ policy: { ...OPEN_ALWAYS, survey: { delayMinutes: 0 } } }),
    openChats({ policy: atOnce, platform: { films: 'bytes' } }),
  ]);
}, 120_000);
afterAll(async () => {
  await Promise.all([chats.close(), slow.close()]);
}, 60_000);

const texts = async (customer: WechatCustomer, at = chats) =>
  (await at.log(customer)).filter((it) => it.from === 'customer').map((it) => it.text);

async function atAddress(customer: WechatCustomer): Promise<void> {
  await customer.say('空调不制冷');
  await heard(customer, 'ask.address');
}

describe('pictures and films', () => {
  it('a picture is answered at once and kept, though the platform fails twice before it gives it', async () => {
    const customer = chats.follower();
    chats.platform.script(API_PATHS.download, { kind: 'status', status: 500 });
    chats.platform.script(API_PATHS.download, { kind: 'errcode', code: -1 });
    await customer.sendImage();
    await customer.next(undefined, PATIENCE_MILLISECONDS);
    await expect.poll(() => keptFiles(chats, customer), SOON).toEqual([{ contentType: 'image/png', bytes: SAMPLES.image }]);
  });

  it('a film is kept, whether the platform tells where it lies or hands it out', async () => {
    for (const at of [chats, slow]) {
      const customer = at.follower();
      await customer.sendVideo();
      await customer.next(undefined, PATIENCE_MILLISECONDS);
      await expect.poll(() => keptFiles(at, customer), SOON).toEqual([{ contentType: 'video/mp4', bytes: SAMPLES.video }]);
    }
  });

  it('a picture goes to the ticket that is booked in the chat', async () => {
    const customer = chats.follower();
    await customer.sendImage();
    await customer.next(undefined, PATIENCE_MILLISECONDS);
    const number = await bookVisit(customer, { fault: '洗衣机漏水', address: HOME, phone: phoneOf(8_001), name: '李雷' });
    const ticket = (await chats.api.get<Ticket & { readonly attachments?: readonly unknown[] }>(`/tickets/${number}`)).body;
    expect(ticket.attachments).toHaveLength(1);
  });

  it.each([
    [
      'the platform has no such picture (40007)',
      (it: WechatCustomer) => it.message('image', { PicUrl: 'http://mmbiz.qpic.cn/x', MediaId: 'gone' }),
    ],
    ['it is no picture', (it: WechatCustomer) => it.sendImage(Buffer.from('MZ no picture at all'), 'application/octet-stream')],
  ])('the customer is told once when %s', async (_, send) => {
    const customer = chats.follower();
    await atAddress(customer);
    await send(customer);
    await heard(customer, 'media-lost');
    await customer.say(HOME);
    await heard(customer, 'ask.phone');
    expect(customer.screen().filter((it) => says(it, 'media-lost'))).toHaveLength(1);
  });
});

describe('voice', () => {
  it('that the platform understood is what they said', async () => {
    const customer = chats.follower();
    await customer.sendVoice('空调不制冷。');
    await heard(customer, 'ask.address');
    expect(await texts(customer)).toEqual(['空调不制冷。']);
  });

  it('that nobody understood is kept, and they may write, convert it or be called', async () => {
    const customer = chats.follower();
    await customer.sendVoice();
    const answer = await heard(customer, 'voice.open');
    expect(answer).toMatchObject({ kind: 'menu', items: expect.arrayContaining([expect.objectContaining({ label: '请同事打给我' })]) });
    await expect.poll(() => keptFiles(chats, customer), SOON).toEqual([{ contentType: 'audio/amr', bytes: SAMPLES.voice }]);
    await customer.tap('请同事打给我');
    await heard(customer, 'ask.phone.call-back', 'call-back', 'call-back.asked');
  });

  it('in a dialog leaves its question open', async () => {
    const customer = chats.follower();
    await atAddress(customer);
    await customer.sendVoice();
    const answer = await heard(customer, 'voice');
    expect(says(answer, 'ask.address')).toBe(true);
    await customer.say(HOME);
    await heard(customer, 'ask.phone');
  });
});

describe('a place on the map', () => {
  it('is the address that was asked for, as far as its words go', async () => {
    const customer = chats.follower();
    await atAddress(customer);
    await customer.sendLocation({ latitude: 39.99, longitude: 116.48, label: '北京市朝阳区阜通东大街6号院' });
    await heard(customer, 'ask.address.detail', 'location.taken');
    await customer.say('3号楼1501');
    await heard(customer, 'ask.phone');
  });

  it('without words is kept, and the address asked for in words', async () => {
    const customer = chats.follower();
    await atAddress(customer);
    await customer.sendLocation({ latitude: 39.99, longitude: 116.48, label: '' });
    await heard(customer, 'location.unread');
    await customer.say(HOME);
    await heard(customer, 'ask.phone');
  });
});

it('a link is read as its title and address, and answered', async () => {
  const customer = chats.follower();
  await customer.sendLink({ title: '怎么给冰箱除霜', url: 'https://example.com/a' });
  await customer.next(undefined, PATIENCE_MILLISECONDS);
  expect(await texts(customer)).toEqual(['怎么给冰箱除霜\nhttps://example.com/a']);
});

it('a kind of message nobody knows is answered, not ignored', async () => {
  const customer = chats.follower();
  await customer.message('sticker', { Md5: 'x' });
  await heard(customer, 'unreadable.unsupported');
});

describe('followers', () => {
  it('are welcomed, and one who follows again in the middle goes on where they were', async () => {
    const customer = chats.follower();
    await customer.follow();
    const welcome = await heard(customer, 'greeting');
    expect(welcome.kind).toBe('menu');
    await atAddress(customer);
    await customer.unfollow();
    // An event has no number: of two alike in one second the platform can't mean both.
    chats.platform.advance(1_000);
    await customer.follow();
    await customer.next(undefined, PATIENCE_MILLISECONDS);
    await customer.say(HOME);
    await heard(customer, 'ask.phone');
  });

  it('who came by the code on a product have it on the table', async () => {
    const customer = chats.follower();
    await customer.follow(await sceneOf(SERIAL));
    const welcome = await customer.next((it) => wordsOf(it).includes(MODEL), PATIENCE_MILLISECONDS);
    expect(says(welcome, 'scan.product')).toBe(true);
    await customer.say('不制冷了');
    await heard(customer, 'ask.address');
  });

  it.each([
    ['a forged one', () => `${SERIAL}.AAAAAAAAAAAAAAAAAAAAAA`],
    ['another product under a signature of ours', async () => (await sceneOf(SERIAL)).replace(SERIAL, 'DEMO2020EX0001')],
  ])('and nothing by %s', async (_, scene) => {
    const [follower, scanner] = [chats.follower(), chats.follower()];
    await follower.follow(await scene());
    await heard(follower, 'scan.unreadable');
    await scanner.scan(await scene());
    await heard(scanner, 'scan.unreadable');
    for (const it of [follower, scanner]) expect(it.heard().join('\n')).not.toMatch(/BCD-|DEMO20/);
  });

  it('who came by a code of somebody else are welcomed like anybody', async () => {
    const customer = chats.follower();
    await customer.follow('spring-campaign');
    await heard(customer, 'greeting');
    await customer.say('我要报修');
    await heard(customer, 'ask.appliance');
    expect(customer.heard()).toHaveLength(2);
  });

  it('scan a product and book for it', async () => {
    const customer = chats.follower();
    await customer.scan(await sceneOf(SERIAL));
    await heard(customer, 'scan.product');
    await customer.tap('报修');
    await heard(customer, 'ask.fault');
  });

  it('tap the menu of the account, whose key is a sentence', async () => {
    const customer = chats.follower();
    await customer.click('我要报修');
    await heard(customer, 'ask.appliance');
  });

  it('who left are sent nothing more, no survey either', async () => {
    const customer = chats.follower();
    const number = await bookVisit(customer, { fault: '空调不制冷', address: HOME, phone: phoneOf(8_002), name: '王芳' });
    await customer.unfollow();
    const sends = chats.sendsTo(customer).length;
    expect((await chats.api.post(`/tickets/${number}/transitions`, { type: 'complete' })).status).toBe(200);
    await expect.poll(async () => (await chats.deliveries(customer)).at(-1), SOON).toBe('waiting');
    expect(chats.sendsTo(customer)).toHaveLength(sends);
  });
});

it('four short texts in three seconds, each brought twice, are one question for what is missing', async () => {
  const customer = slow.follower();
  const said = ['空调', '不制冷', '后天下午三点', HOME];
  for (const text of said) {
    const posted = await customer.say(text);
    expect(posted).toMatchObject({ status: 200, body: 'success' });
    await customer.redeliver(posted);
    // So fast somebody types; nothing is waited for here.
    await pause(600);
  }
  await heard(customer, 'ask.phone');
  // Staff see where it is only as far as the district.
  expect(await texts(customer, slow)).toEqual([...said.slice(0, -1), '北京市朝阳区***']);
  await customer.say(phoneOf(8_003));
  await heard(customer, 'ask.name');
  await customer.say('王芳');
  const readBack = wordsOf(await heard(customer, 'confirm.read-back'));
  expect(readBack).toMatch(/14:00–16:00/);
  expect(readBack).toContain(HOME);
  expect(customer.screen()).toHaveLength(3);
});

async function sceneOf(serial: string): Promise<string> {
  return (await chats.api.get<{ readonly scene: string }>(`/products/${serial}/code`)).body.scene;
}
