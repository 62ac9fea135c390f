/** Looks straight into a store, past the desk: what is on record, also while no desk runs. */
import pg from 'pg';

export type ReadRows = <Row extends pg.QueryResultRow>(statement: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>;

/** Reads from the database at `url`, a connection each time: the server may have been killed in between. */
export function rowsAt(url: string): ReadRows {
  return async <Row extends pg.QueryResultRow>(statement: string, parameters: readonly unknown[] = []) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(statement, [...parameters])).rows;
    } finally {
      await client.end();
    }
  };
}
