import { expect, it } from 'vitest';
import { sortFiles } from '../../src/turn/sent-files.ts';
import { newId } from '../support/database.ts';
import { aFile } from '../support/files.ts';

const LIMITS = { uploadBytes: 1_000, filesPerMessage: 2 };

it('a voice message is not taken as an upload, under whatever name, and refuses what came with it', () => {
  expect(sortFiles([{ name: 'voice.amr', bytes: aFile('amr') }], LIMITS, newId)).toEqual({ kind: 'wrong-kind' });
  const files = [
    { name: 'a.png', bytes: aFile('png') },
    { name: 'b.png', bytes: aFile('amr') },
  ];
  expect(sortFiles(files, LIMITS, newId)).toEqual({ kind: 'wrong-kind' });
  expect(sortFiles(files.slice(0, 1), LIMITS, newId)).toMatchObject({ kind: 'good', attachments: [{ contentType: 'image/png' }] });
});
