// Generates the Prisma client after every install, with no download: `generate` only wants the engine's file to exist,
// so the Node binary stands in for it. Silent unless it fails.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate', '--config', '.config/prisma.ts'], {
  encoding: 'utf8',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
});
if (status !== 0) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
process.exit(status ?? 1);
