/** An employee with a broken appliance writes to the bot in Slack: typed, tapped, twice told, while either side is away. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DESK_CHANNEL, type SlackDesk, type SlackDeskOptions, startSlackDesk } from '../support/slack-desk.ts';
import type { SlackPerson } from '../support/slack-person.ts';
import type { Post } from '../support/slack-screen.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let house: SlackDesk | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

async function open(options: SlackDeskOptions = {}): Promise<SlackDesk> {
  house = await startSlackDesk(options);
  return house;
}

const ofBot = ({ slack }: SlackDesk, person: SlackPerson): readonly Post[] =>
  slack.posts(person.directChannel).filter((post) => post.isBot);

/** Says or taps something, and takes the last the bot has to say to it. */
async function answered(desk: SlackDesk, person: SlackPerson, deed: () => Promise<unknown>): Promise<Post> {
  const before = ofBot(desk, person).length;
  await deed();
  await desk.slack.waitFor(() => ofBot(desk, person).length > before, 'an answer', 20_000);
  // A turn may say several things, one a second.
  await desk.slack.settled(2_000);
  const last = ofBot(desk, person).at(-1);
  if (last === undefined) throw new Error('the bot has said nothing');
  return last;
}

describe('somebody with an appliance of their own', () => {
  it('books a visit by words and taps, each told to the desk twice, and has one ticket of channel slack', async () => {
    const desk = await open();
    const me = desk.slack.person({ name: '赵敏', email: 'zhao@example.com' });
    const ask = (text: string) => answered(desk, me, () => me.dm(text, { freshIds: 2, atOnce: true }));
    await ask('我家空调不制冷');
    await ask('北京市朝阳区望京街道阜通东大街6号院3号楼1501');
    await ask('13800138000');
    let last = await ask('赵敏');
    expect(last.buttons.length).toBeGreaterThan(1);
    const window = last;
    last = await answered(desk, me, () => me.click(window, 'choice:', { value: window.buttons[0]?.value ?? '', copies: 2 }));
    const readBack = last;
    expect(readBack.shown).toContain('空调');
    last = await answered(desk, me, () => me.click(readBack, 'choice:', { value: '确认' }));
    expect(last.shown).toMatch(/BX-\d{8}-\d{4,}/);
    const { body } = await desk.api<{ items: { channel: string }[] }>('GET', '/tickets?channel=slack');
    expect(body.items.map((ticket) => ticket.channel)).toEqual(['slack']);
    const said = ofBot(desk, me).map((post) => post.shown);
    expect(new Set(said).size).toBe(said.length);
    expect(desk.desk.printed()).not.toMatch(/13800138000|赵敏|阜通东大街/);
  });

  it('who wrote while the desk was down and Slack has given up is answered after its start, once', async () => {
    const desk = await open();
    const me = desk.slack.person({ name: '赵敏' });
    await answered(desk, me, () => me.dm('你好'));
    await desk.desk.stop();
    expect((await me.dm('冰箱不制冷')).status).toBe(0);
    await desk.desk.restart();
    const answer = await answered(desk, me, async () => undefined);
    expect(answer.shown).toMatch(/地址|哪里|上门/);
    await desk.slack.settled(2_500);
    const { body } = await desk.api<{ items: { conversationId: string }[] }>('GET', '/tickets?channel=slack');
    expect(body.items).toEqual([]);
    expect(ofBot(desk, me).filter((post) => post.shown === answer.shown)).toHaveLength(1);
  });

  it('whose answer Slack took without saying so reads it once', async () => {
    const desk = await open();
    const me = desk.slack.person({ name: '赵敏' });
    await answered(desk, me, () => me.dm('你好'));
    desk.slack.fault('chat.postMessage', { kind: 'lost-response', times: 1, when: (args) => args['channel'] === me.directChannel });
    const answer = await answered(desk, me, () => me.dm('冰箱不制冷'));
    await desk.slack.settled(4_000);
    expect(ofBot(desk, me).filter((post) => post.text === answer.text)).toHaveLength(1);
  });

  it('asks for a person and is helped by a colleague in the desk channel, each in their own place', async () => {
    const desk = await open();
    const { wang, slack } = desk;
    const me = slack.person({ name: '赵敏' });
    await answered(desk, me, () => me.dm('转人工'));
    const card = await slack.waitFor(() => slack.posts(DESK_CHANNEL)[0], 'the card');
    await wang.click(card, 'claim');
    await slack.waitFor(() => ofBot(desk, me).some((post) => post.shown.includes('王芳来帮您了')), 'word of who helps');
    await wang.say(DESK_CHANNEL, '您好，请讲。', { threadTs: card.ts });
    await slack.waitFor(() => ofBot(desk, me).some((post) => post.shown === '您好，请讲。'), 'the answer');
    await me.dm('门打不开');
    await slack.waitFor(
      () => slack.posts(DESK_CHANNEL, { threadTs: card.ts }).some((post) => post.shown.includes('门打不开')),
      'the mirror',
    );
  });
});
