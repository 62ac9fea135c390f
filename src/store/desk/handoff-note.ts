/** Internal notes of a handoff: sealed, and never part of the chat. */
import type pg from 'pg';
import type { NewNote } from '../../desk/handoff.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Seal } from '../seal.ts';

/** What an internal note is sealed for. */
export const NOTE_PURPOSE = 'handoff.note';

/** Once per note id; whether it is new. Inside the change's transaction. */
export async function insertNote(client: pg.PoolClient, seal: Seal, handoffId: Identifier, note: NewNote, at: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'insert into handoff_note (id, handoff_id, staff_id, text_sealed, at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing',
    [note.id, handoffId, note.staffId, seal.seal(NOTE_PURPOSE, note.text), at],
  );
  return rowCount === 1;
}
