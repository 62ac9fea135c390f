/** The desk as `main.ts` starts it, with V8's profiler watching from the first moment; at its end it writes where its time went. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const file = process.env['LOAD_PROFILE'];
if (file === undefined) throw new Error('LOAD_PROFILE names no file');

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.once('exit', () => {
  // Answered before it returns: the session is this thread's own.
  session.post('Profiler.stop', (error, { profile }) => {
    if (error === null) writeFileSync(file, JSON.stringify(profile));
  });
});

await import('../../src/main.ts');
