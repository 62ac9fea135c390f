import { describe, expect, it, test } from 'vitest';
import type { EngineerWish } from '../../src/domain/engineer-wish.ts';
import { read } from './reading.ts';

const want = (name: string): EngineerWish => ({ kind: 'want', whom: { by: 'name', name } });
const avoid = (name: string): EngineerWish => ({ kind: 'avoid', whom: { by: 'name', name } });
const WANT_LAST: EngineerWish = { kind: 'want', whom: { by: 'last' } };
const AVOID_LAST: EngineerWish = { kind: 'avoid', whom: { by: 'last' } };

describe('which engineer the customer wants to come', () => {
  const wishes: readonly (readonly [string, EngineerWish])[] = [
    ['还要李师傅', want('李')],
    ['让李建国来', want('李建国')],
    ['能不能指定李师傅', want('李')],
    ['能指定李建国吗', want('李建国')],
    ['麻烦安排李师傅过来', want('李')],
    ['派李建国师傅来行吗', want('李建国')],
    ['还是老李师傅来吧', want('李')],
    ['要上次那个姓李的师傅', want('李')],
    ['还找上次的李师傅吧', want('李')],
    ['王师傅修得好,这次还要他', want('王')],
    ['不要王师傅,要李师傅', want('李')],
    ['王师傅不行,换李师傅来', want('李')],
    ['空调又坏了,还让欧阳师傅来修', want('欧阳')],
    ['李师傅来就行', want('李')],
    ['明天让李师傅来', want('李')],
    ['让李工来', want('李')],
    ['還要李師傅', want('李')],
    ['可唔可以叫返李師傅嚟', want('李')],
    ['別換李師傅', want('李')],
    ['please send engineer Li', want('Li')],
    ['can you send technician Wang again', want('Wang')],
    ['还是上次的师傅来吧', WANT_LAST],
    ['同一个师傅', WANT_LAST],
    ['最好是同一个师傅', WANT_LAST],
    ['能让上次那位师傅来吗', WANT_LAST],
    ['上次来的那个小哥挺好,还派他', WANT_LAST],
    ['还是原来的师傅', WANT_LAST],
    ['不要换师傅', WANT_LAST],
    ['还要上次给我修冰箱的师傅', WANT_LAST],
    ['我要返上次嗰個師傅', WANT_LAST],
    ['同一個師傅得唔得', WANT_LAST],
    ['same engineer as last time', WANT_LAST],
    ['I want the guy who came last time', WANT_LAST],
    ['不要王师傅', avoid('王')],
    ['别再派王师傅了', avoid('王')],
    ['除了王师傅谁来都行', avoid('王')],
    ['王师傅不靠谱,换一个', avoid('王')],
    ['王师傅态度差,别再让他来', avoid('王')],
    ['不想要姓王的师傅', avoid('王')],
    ['唔好派王師傅嚟', avoid('王')],
    ["don't send Mr Wang", avoid('Wang')],
    ['别让上次那个来', AVOID_LAST],
    ['换个师傅', AVOID_LAST],
    ['上次那位不行换一个', AVOID_LAST],
    ['能换个技术好点的师傅吗', AVOID_LAST],
    ['换个人来修', AVOID_LAST],
    ['派别的师傅来', AVOID_LAST],
    ['只要不是上次那个师傅,谁来都行', AVOID_LAST],
    ['上次的师傅没修好,换别人来', AVOID_LAST],
    ['上次那个师傅别再来了', AVOID_LAST],
    ['唔要上次嗰個師傅', AVOID_LAST],
    ['換第二個師傅得唔得', AVOID_LAST],
    ['not the guy from last time', AVOID_LAST],
    ['can I have a different technician', AVOID_LAST],
    ['要不还是让老张来', want('张')],
    ['让刘志强明天来', want('刘志强')],
    ['王师傅来我才放心', want('王')],
    ['要是张师傅能来就好了', want('张')],
    ['还让孙工来吧', want('孙')],
    ['让姓王的那个来', want('王')],
    ['can Mr Li come again', want('Li')],
    ['我想要返上次整冷氣嗰位師傅', WANT_LAST],
    ['上回修得挺好的那位能再来不', WANT_LAST],
    ['还派上次那个吧', WANT_LAST],
    ["please don't change the engineer", WANT_LAST],
    ['王師傅唔好,換人啦', avoid('王')],
    ['你们派的张师傅,我不要', avoid('张')],
    ['换个有经验的来', AVOID_LAST],
    ['师傅能换一个吗', AVOID_LAST],
    ['不是上次那个师傅就行', AVOID_LAST],
    ['谁都可以,除了上次那个', AVOID_LAST],
    ['唔好再派佢嚟', AVOID_LAST],
    ["that guy was rude, don't send him again", AVOID_LAST],
  ];
  test.each(wishes)('%s', (text, wish) => {
    const { engineerWish, name } = read(text).entities;
    expect({ engineerWish, name }).toEqual({ engineerWish: wish, name: null });
  });
});

describe('no wish for an engineer', () => {
  test.each([
    '谁来都行',
    '哪个师傅都可以',
    '师傅什么时候到',
    '李师傅电话多少',
    '我要李师傅电话',
    '师傅姓什么',
    '我姓李',
    '我叫李建国',
    '师傅姓王',
    '上次的师傅是谁',
    '上次那个师傅修得不好',
    '上次是李师傅来修的',
    '是李师傅来吗',
    '还是上次那个师傅来吗',
    '是上次的师傅来还是换人了',
    '李师傅什么时候来',
    '让李师傅快点',
    '让师傅明天来',
    '让师傅别来了',
    '师傅不用来了',
    '给换师傅了吗',
    '上次的师傅说要换个电机',
    '换个时间让师傅来',
    '还是上次那个问题',
    '还是上次的地址',
    '联系人换成李建国',
    '说不清,换个人来说',
    '我找了别的师傅修好了',
    '已经让别的师傅修好了',
    '表扬一下李师傅',
    '我要投诉王师傅',
    '安排师傅上门',
    '派人来修',
    '让我老公来',
    '安排周六来',
    '叫安装师傅来',
    '要高级师傅',
    '我要和师傅说话',
    '换个压缩机要多少钱',
    'is it the same engineer as last time?',
    'send engineer to fix it',
    'who is the engineer',
    '怎么换师傅了',
    '为什么换了个师傅',
    '师傅换了没',
    '昨天的师傅没带配件,让他今天带来',
    '让他别过来了',
    '让王总来',
    '叫张阿姨来开门',
    '让李建国来开门',
    '让李师傅来拿工具',
    '李师傅还来吗',
    '能派个女师傅吗',
    'the last engineer was great',
  ])('%s', (text) => {
    expect(read(text).entities.engineerWish).toBeNull();
  });
});

describe('the name of an engineer', () => {
  it('is never the name of the customer, and leaves that name alone', () => {
    expect(read('李师傅', 'name').entities.name).toBeNull();
    expect(read('师傅姓王').entities.name).toBeNull();
    expect(read('师傅名字是李强').entities.name).toBeNull();
    expect(read('让姓王的那个来').entities.name).toBeNull();
    expect(read('我叫李雷,还要李师傅').entities).toMatchObject({ name: '李雷', engineerWish: want('李') });
    expect(read('我姓李').entities).toMatchObject({ name: '李', engineerWish: null });
    expect(read('我叫李建国', 'name').entities).toMatchObject({ name: '李建国', engineerWish: null });
    expect(read('王女士,13800138000,还是上次的师傅').entities).toMatchObject({ name: '王女士', engineerWish: WANT_LAST });
  });
});

describe('an engineer who is not to come', () => {
  it('does not call the visit off', () => {
    for (const text of ['别再派王师傅了', '王师傅就别来了,换个人', '这位师傅以后别派了', '换个师傅'])
      expect(read(text).intent, text).not.toBe('cancel_booking');
    expect(read('不要王师傅,预约取消').intent).toBe('cancel_booking');
  });
});
