/** `npm run policy`: prints the default policy as JSON, to be cut down to what a business changes. */
import { DEFAULT_POLICY } from './policy.ts';

process.stdout.write(`${JSON.stringify(DEFAULT_POLICY, null, 2)}\n`);
