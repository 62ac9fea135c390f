/** A desk of the run's own: production code in another process, with a policy under which nobody waits for hours. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { localClock } from './wish.ts';

/** Who goes away this long is nudged and, back again, asked whether to go on. */
export const AWAY_MILLISECONDS = 9_000;
const NUDGE_MINUTES = 0.05;
const PARK_MINUTES = 0.1;
const HALF_A_DAY_MILLISECONDS = 43_200_000;

export async function startOwnDesk(databaseUrl?: string): Promise<WholeDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-customers-'));
  const policyFile = join(folder, 'policy.json');
  await writeFile(policyFile, JSON.stringify(policyAt(Date.now())));
  const tidy = () => rm(folder, { recursive: true, force: true });
  const desk = await startDesk({
    ...(databaseUrl !== undefined && { databaseUrl }),
    environment: { POLICY_FILE: policyFile, LOG_LEVEL: 'warn' },
  }).catch(async (error: unknown) => {
    await tidy();
    throw error;
  });
  return {
    ...desk,
    async close() {
      await desk.close();
      await tidy();
    },
  };
}

/** Surveys at once; the quiet hours are far from now, whenever that is. */
function policyAt(now: number) {
  const hour = localClock(now + HALF_A_DAY_MILLISECONDS).slice(0, 2);
  return {
    survey: { delayMinutes: 0 },
    quietHours: { from: `${hour}:00`, to: `${hour}:01` },
    silence: { nudgeMinutes: NUDGE_MINUTES, parkMinutes: PARK_MINUTES },
    limits: { writesPerStaffTokenPerMinute: 100_000, readsPerStaffTokenPerMinute: 100_000 },
  };
}
