/** Pictures that no dialog asked for: they go with the ticket the customer opens next, or has just opened, and with no other. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';
import { sendsPhoto, ticketsOfPhotos } from './sends-photo.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
const PHONE = '13800138000';
const WASHER = `洗衣机漏水,后天下午三点,${HOME},${PHONE}`;

const ticketsOf = async ({ conversationId }: Chat) =>
  (
    await shop.rows<{ number: string }>('select number from ticket where conversation_id = $1 order by opened_at, number', [conversationId])
  ).map((it) => it.number);
const books = async (chat: Chat) => {
  await chat.saysAll(WASHER, '王芳', '确认');
  chat.hears('booked');
};

test('one sent before anything was said, another in the middle, a third right after: all hang on the visit that was booked', async () => {
  const chat = await shop.customer();
  await sendsPhoto(shop, chat);
  expect(chat.keys().at(-1)).toBe('photos.kept.open');
  expect(await ticketsOfPhotos(shop, chat)).toEqual([null]);
  await chat.says(WASHER);
  await sendsPhoto(shop, chat);
  expect(chat.keys().slice(-2)).toEqual(['photos.kept', 'ask.name']);
  await chat.saysAll('王芳', '确认');
  chat.hears('booked');
  const [number] = await ticketsOf(chat);
  await sendsPhoto(shop, chat);
  expect(chat.keys().at(-1)).toBe('photos.with-ticket');
  expect(chat.text()).toContain(`照片收到了,放进${number}了,负责的同事能看到。`);
  expect(await ticketsOfPhotos(shop, chat)).toEqual([number, number, number]);
});

test('staff see them on the ticket', async () => {
  const chat = await shop.customer();
  await books(chat);
  await sendsPhoto(shop, chat);
  const [number = ''] = await ticketsOf(chat);
  const read = await shop.desk.tickets.read(await shop.staff('agent'), number);
  expect(read.kind === 'found' ? read.ticket.attachments.map((it) => it.name) : read.kind).toEqual(['floor.jpg']);
});

test('with words that begin another matter, it goes with that', async () => {
  const chat = await shop.customer();
  await books(chat);
  const [visit] = await ticketsOf(chat);
  await sendsPhoto(shop, chat, '我要投诉你们上次的师傅,把我家地板划花了');
  expect(chat.keys()).not.toContain('photos.with-ticket');
  await chat.saysAll('不是这些', '赔偿', '确认');
  chat.hears('complaint.filed');
  const [complaint] = (await ticketsOf(chat)).filter((it) => it !== visit);
  expect(await ticketsOfPhotos(shop, chat)).toEqual([complaint]);
});

test('with words that begin nothing, it goes with the ticket just opened', async () => {
  const chat = await shop.customer();
  await books(chat);
  await sendsPhoto(shop, chat, '谢谢');
  expect(chat.keys().slice(-2)).toEqual(['photos.with-ticket', 'thanks']);
  expect(await ticketsOfPhotos(shop, chat)).toEqual(await ticketsOf(chat));
});

test('a complaint in the middle of a booking takes its own, the booking keeps what it was sent', async () => {
  const chat = await shop.customer();
  await chat.says(WASHER);
  await sendsPhoto(shop, chat);
  await chat.says('我要投诉,你们客服电话一直打不通');
  shop.itIs('2026-11-20T10:01:00+08:00');
  await sendsPhoto(shop, chat);
  await chat.saysAll('道歉', '确认');
  await chat.saysAll('继续', '王芳', '确认');
  expect(chat.keys()).toContain('booked');
  const tickets = await ticketsOf(chat);
  expect(await ticketsOfPhotos(shop, chat)).toEqual([tickets.find((it) => it.startsWith('BX')), tickets.find((it) => it.startsWith('TS'))]);
});

test('long before or long after, it hangs on nothing, and nobody says it does', async () => {
  const chat = await shop.customer();
  await sendsPhoto(shop, chat);
  shop.itIs('2026-11-20T10:31:00+08:00');
  await books(chat);
  shop.itIs('2026-11-20T11:02:00+08:00');
  await sendsPhoto(shop, chat);
  expect(chat.keys().at(-1)).toBe('photos.kept.open');
  expect(await ticketsOfPhotos(shop, chat)).toEqual([null, null]);
});

test('a visit that was called off takes no more', async () => {
  const chat = await shop.customer();
  await books(chat);
  await chat.saysAll('取消上门', '确认');
  await sendsPhoto(shop, chat);
  expect(chat.keys().at(-1)).toBe('photos.kept.open');
  expect(await ticketsOfPhotos(shop, chat)).toEqual([null]);
});

test('S2-024 never with a ticket of somebody else, whose number and phone were shown', async () => {
  const owner = await shop.customer();
  await books(owner);
  const [number = ''] = await ticketsOf(owner);
  const other = await shop.customer();
  await other.saysAll('查一下我的维修进度', number, PHONE);
  other.hears('progress.booked', 'link.offer');
  await sendsPhoto(shop, other);
  expect(other.keys().at(-1)).toBe('photos.kept.open');
  expect(await ticketsOfPhotos(shop, other)).toEqual([null]);
});

test('sent to a person, it is theirs to see to', async () => {
  const chat = await shop.customer();
  await books(chat);
  await chat.says('转人工');
  await sendsPhoto(shop, chat);
  expect(await ticketsOfPhotos(shop, chat)).toEqual([null]);
});
