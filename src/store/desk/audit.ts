/** The audit, read by the index on its moment; rows are only ever added. */
import type { ListAudit } from '../../desk/audit.ts';
import type { PlainDetails } from '../../turn/ports.ts';
import { type DeskConnection, instantIn } from './desk-connection.ts';
import { staffNames } from './staff.ts';

const STAFF = 'staff:';

/** The audit over the store. */
export function listAuditOn({ prisma }: DeskConnection): ListAudit {
  return async ({ actor, action, subject, from, to, after, limit }) => {
    const beyond = after === null ? null : new Date(after.at);
    const rows = await prisma.audit.findMany({
      where: {
        ...(actor === null ? {} : { actor }),
        ...(action === null ? {} : { action }),
        ...(subject === null ? {} : { subject }),
        at: { ...(from === null ? {} : { gte: new Date(from) }), ...(to === null ? {} : { lt: new Date(to) }) },
        ...(after === null || beyond === null ? {} : { OR: [{ at: { lt: beyond } }, { at: beyond, id: { lt: after.id } }] }),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: limit,
    });
    const name = await staffNames(
      prisma,
      rows.map((it) => staffIdOf(it.actor)),
    );
    return rows.map((row) => ({
      id: row.id,
      at: instantIn(row.at),
      actor: name(staffIdOf(row.actor)) ?? row.actor,
      action: row.action,
      subject: row.subject,
      details: row.details as PlainDetails,
    }));
  };
}

function staffIdOf(actor: string): string | null {
  return actor.startsWith(STAFF) ? actor.slice(STAFF.length) : null;
}
