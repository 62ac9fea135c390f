import { expect, it } from 'vitest';
import { outgoingBody } from '../../src/store/message-body.ts';

it('what was said under an earlier release reads as without links and files', () => {
  const old = { text: '您好', choices: [], dialog: { flow: null, asking: null, reply: [] }, ticket: null };
  expect(outgoingBody(JSON.stringify(old))).toEqual({ ...old, links: [], files: [] });
  const files = [{ id: 'x', name: 'a.png', contentType: 'image/png', size: 7 }];
  expect(outgoingBody(JSON.stringify({ ...old, links: [], files }))).toEqual({ ...old, links: [], files });
});
