import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { freshDatabase, newId } from '../support/database.ts';

it('a store sealed with one key refuses to open with another, and still opens with its own', async () => {
  const { url: databaseUrl, drop } = await freshDatabase();
  const open = (piiKey: Buffer) => openStore({ databaseUrl, dataDir: '', piiKey, holder: newId(), log: () => {} });
  const own = randomBytes(32);
  await (await open(own)).close();
  await expect(open(randomBytes(32))).rejects.toThrow('PII_KEY is not the key this store was sealed with');
  await (await open(own)).close();
  await drop();
});
