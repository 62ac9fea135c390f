/** Records as a desk would give them, for tests of the judges. */
import type { DeskRecord, RecordedTicket } from './desk-record.ts';

export const NOON = Date.parse('2026-11-21T12:00:00+08:00');

export function aTicket(changed: Partial<RecordedTicket> = {}): RecordedTicket {
  return {
    number: 'BX-20261121-0001',
    kind: 'repair',
    status: 'scheduled',
    priority: 'normal',
    channel: 'web-chat',
    appliance: 'fridge',
    fault: '冰箱不制冷',
    faultCodes: ['not_cooling'],
    openedAt: '2026-11-21T12:00:00.000+08:00',
    dueAt: null,
    assignee: null,
    customer: { id: 'c', name: '王*', phone: '138****8000' },
    address: '北京市朝阳区',
    model: null,
    note: null,
    timeline: [],
    appointment: {
      id: 'a',
      engineer: { id: 'e', name: '李建国' },
      window: { from: '2026-11-23T14:00:00.000+08:00', to: '2026-11-23T16:00:00.000+08:00' },
      status: 'booked',
    },
    conversationId: 'v',
    related: [],
    notes: [],
    complaint: null,
    survey: null,
    ...changed,
  };
}

export function aRecord(
  ticket: RecordedTicket,
  detail = '望京西园三区312号楼1单元602',
  name = '王女士',
  phone = '+8613800138000',
): DeskRecord {
  return {
    tickets: [ticket],
    revealed: { addresses: [{ city: '北京市', district: '朝阳区', detail }], tickets: [{ number: ticket.number, name, phone }] },
    handoffs: [],
  };
}
