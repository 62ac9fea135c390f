import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from './database.ts';
import { openFaultyLink } from './faulty-link.ts';

/** A link that comes back though it was never away has nothing to mend: what is said over it is said once. */
it('passes on what is said once, however often it comes back', async () => {
  const database = await freshDatabase();
  const link = await openFaultyLink(database.url);
  const client = new pg.Client({ connectionString: link.url });
  try {
    await client.connect();
    await client.query('create temporary table said (word text)');
    await link.comeBack();
    link.stall();
    await link.comeBack();
    await link.comeBack();
    await client.query({
      name: 'say',
      text: 'insert into said values ($1)',
      values: ['once'],
    });
    expect((await client.query({ name: 'said', text: 'select word from said' })).rows).toEqual([{ word: 'once' }]);
  } finally {
    await client.end();
    await link.close();
    await database.drop();
  }
});
