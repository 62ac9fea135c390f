/** A contestant's own process: `child.ts <name> <database url>`; orders come and answers go by the channel to its parent. */
import type { Contestant, OpenContestant } from './contestant.ts';
import { driveBookings, driveLong, driveTwice } from './drive.ts';
import type { Answers, Order, Told } from './order.ts';

const [name, databaseUrl] = process.argv.slice(2);
if (name === undefined || databaseUrl === undefined || process.send === undefined) throw new Error('child.ts is started by the bench');
const { open } = (await import(`./contestants/${name}.ts`)) as { readonly open: OpenContestant };
const contestant = await open(databaseUrl);

process.on('message', (order: Order) => {
  obey(contestant, order).then(
    (answer) => tell({ kind: 'done', answer }),
    (error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// The bench is gone: nobody waits for us.
process.once('disconnect', () => process.exit(1));
tell({ kind: 'done', answer: contestant.tables });

function tell(told: Told): void {
  if (process.connected) process.send?.(told);
}

async function obey(it: Contestant, order: Order): Promise<Answers[Order['kind']]> {
  switch (order.kind) {
    case 'prepare':
      await it.prepare(order.customers);
      return null;
    case 'bookings':
      return await driveBookings(it, order.customers, order.concurrency);
    case 'long':
      return await driveLong(it, order.customers, order.turns);
    case 'twice':
      return await driveTwice(it, order.customers);
    case 'tickets':
      return await it.tickets();
    case 'close':
      process.removeAllListeners('disconnect');
      await it.close();
      process.disconnect?.();
      return null;
  }
}
