import { expect, it } from 'vitest';
import { outgoingBody } from '../../src/store/message-body.ts';

it('what was said under an earlier release reads as without a speaker, links and files', () => {
  const old = { text: '您好', choices: [], dialog: { flow: null, asking: null, reply: [] }, ticket: null };
  expect(outgoingBody(JSON.stringify(old))).toEqual({ ...old, speaker: null, links: [], files: [] });
  const files = [{ id: 'x', name: 'a.png', contentType: 'image/png', size: 7 }];
  const read = files.map((it) => ({ ...it, hasThumbnail: false }));
  expect(outgoingBody(JSON.stringify({ ...old, links: [], files }))).toEqual({ ...old, speaker: null, links: [], files: read });
});
