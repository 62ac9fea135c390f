/**
 * A process that opens the embedded database of the folder it is given, prints the URL, and leaves when its input ends:
 * somebody else to share the database with, or to kill.
 */
import { openEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

const database = await openEmbeddedPostgres(process.argv[2] ?? '', 'throw-away');
process.stdout.write(`${JSON.stringify({ url: database.url, started: database.started })}\n`);
process.stdin.resume().on('end', () => void database.stop());
