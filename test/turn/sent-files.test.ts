import { expect, it } from 'vitest';
import { createCleanFile } from '../../src/files/clean-file.ts';
import type { CleanFile } from '../../src/turn/clean-file.ts';
import { type SentFile, sortFiles } from '../../src/turn/sent-files.ts';
import { newId } from '../support/database.ts';
import { aFile, aHead } from '../support/files.ts';

const LIMITS = { uploadBytes: 2_000, filesPerMessage: 2 };
const cleanly = createCleanFile();
const sorted = (files: readonly SentFile[], cleanFile: CleanFile = cleanly) =>
  sortFiles(files, { limits: LIMITS, makeIdentifier: newId, cleanFile });
const png = { name: 'a.png', bytes: aFile('png') };

it('a voice message is not taken as an upload, under whatever name, and refuses what came with it', async () => {
  expect(await sorted([{ name: 'voice.amr', bytes: aFile('amr') }])).toEqual({ kind: 'wrong-kind' });
  expect(await sorted([png, { name: 'b.png', bytes: aFile('amr') }])).toEqual({ kind: 'wrong-kind' });
  expect(await sorted([png])).toMatchObject({ kind: 'good', attachments: [{ contentType: 'image/png', thumbnail: expect.anything() }] });
});

it.each(['png', 'jpeg', 'gif', 'webp', 'heic', 'mp4'] as const)(
  'what only begins like %s opens nowhere and refuses what came with it',
  async (kind) => {
    expect(await sorted([png, { name: 'b', bytes: aHead(kind, 1_000) }])).toEqual({ kind: 'wrong-kind' });
  },
);

it('limits of count and size are looked at before any file is worked on', async () => {
  let worked = 0;
  const counting: CleanFile = async (...file) => {
    worked += 1;
    return cleanly(...file);
  };
  expect(await sorted([png, png, png], counting)).toEqual({ kind: 'too-many' });
  expect(await sorted([png, { name: 'b.png', bytes: aFile('png', 2_001) }], counting)).toEqual({ kind: 'too-large' });
  expect(await sorted([png, { name: 'b.png', bytes: aFile('html') }], counting)).toEqual({ kind: 'wrong-kind' });
  expect(worked).toBe(0);
});

it('where too many are worked on, the message is refused for now, and nothing is said against the file', async () => {
  expect(await sorted([png], async () => ({ kind: 'busy' }))).toEqual({ kind: 'busy' });
});
