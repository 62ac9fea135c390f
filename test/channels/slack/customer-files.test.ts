/** Files a customer sends on Slack: kept behind the words they came with, or said to be lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';
import { aFile, aHead } from '../../support/files.ts';
import { type CustomerDesk, openCustomerDesk, type Someone, someone } from './customer-desk.ts';

const POLICY = { ...DEFAULT_POLICY, limits: { ...DEFAULT_POLICY.limits, filesPerMessage: 2, filesPerConversation: 5 } };

let desk: CustomerDesk;
beforeAll(async () => {
  desk = await openCustomerDesk(POLICY);
});
afterAll(() => desk.close());

describe('files', () => {
  const png = { name: '故障.png', contentType: 'image/png', bytes: aFile('png') };
  const pdf = { name: '发票.pdf', contentType: 'application/pdf', bytes: aFile('pdf') };
  const film = { name: 'a.mp4', contentType: 'video/mp4', bytes: aFile('mp4') };
  const kept = (li: Someone) =>
    desk.shop.rows<{ content_type: string; size: number }>(
      `select t.content_type, t.size from attachment t join conversation c on c.id = t.conversation_id
       join channel_account a on a.id = c.account_id where a.external_id = $1 order by t.content_type`,
      [li.id],
    );

  test('are kept behind the words they came with, in portions of a message', async () => {
    const li = someone(desk);
    await li.done(li.dm('空调不制冷', { files: [png, pdf, film] }));
    expect((await li.rows()).map((it) => it.key.replace(/^.*?(#|$)/u, '$1'))).toEqual(['', '#1']);
    expect((await kept(li)).map((it) => it.size)).toEqual([0, 0, 0]);
    await desk.fetchFiles();
    expect(await kept(li)).toEqual([
      { content_type: 'application/pdf', size: pdf.bytes.length },
      { content_type: 'image/png', size: png.bytes.length },
      { content_type: 'video/mp4', size: film.bytes.length },
    ]);
    expect(li.hears()).toContain('师傅上门到哪里');
  });

  test('of kinds we do not open are said, the words beside them count', async () => {
    const li = someone(desk);
    await li.done(li.dm('空调不制冷', { files: [{ name: 'a.zip', contentType: 'application/zip', bytes: aFile('zip') }] }));
    expect(li.hears()).toContain('打不开');
    expect(li.hears()).toContain('师傅上门到哪里');
  });

  test('that are none of what they say are lost, once, and said', async () => {
    const li = someone(desk);
    await li.done(li.dm('', { files: [{ ...png, bytes: aFile('exe') }] }));
    await li.done(desk.fetchFiles());
    expect(li.hears()).toContain('没传过来');
  });

  test.each([
    ['that only begin like a picture', { ...png, bytes: aHead('jpeg', 500) }],
    ['that are larger than we take', { ...png, bytes: aFile('png', DEFAULT_POLICY.limits.uploadBytes + 1) }],
  ])('%s are lost, and said', async (_, file) => {
    const li = someone(desk);
    await li.done(li.dm('', { files: [file] }));
    await li.done(desk.fetchFiles());
    expect(li.hears()).toContain('没传过来');
    expect((await kept(li)).map((it) => it.size)).toEqual([0]);
  });

  test('while the platform fails are fetched later', async () => {
    const li = someone(desk);
    desk.slack.fault('files.info', { kind: 'http-500' });
    await li.done(li.dm('', { files: [png] }));
    await desk.fetchFiles();
    expect((await kept(li)).map((it) => it.size)).toEqual([0]);
    desk.shop.clock.now = (desk.shop.clock.now + 5_000) as typeof desk.shop.clock.now;
    await desk.fetchFiles();
    expect((await kept(li)).map((it) => it.size)).toEqual([png.bytes.length]);
  });

  test('more than a chat keeps: the words count, and it is said', async () => {
    const li = someone(desk);
    await li.done(li.dm('', { files: [png, png, png, png] }));
    await li.done(li.dm('空调不制冷', { files: [png, png] }));
    expect(li.hears()).toContain('已经很多');
    expect(li.hears()).toContain('师傅上门到哪里');
    expect(await kept(li)).toHaveLength(4);
  });
});
