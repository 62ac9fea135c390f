/** What customers and look-ups can say in a complaint, for `walk.ts`. */
import { complaint } from '../../flows/complaint.ts';
import { begunComplaint, type ComplaintData } from '../../flows/complaint-data.ts';
import type { Answers, CustomerEvent, DialogEvent, LookUpAnswer } from '../../flows/dialog-event.ts';
import { HOUR, instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { KnownTicket } from '../../src/domain/known-ticket.ts';
import type { Priority } from '../../src/domain/ticket.ts';
import { answers, id, NOW, OTHER_PHONE, PHONE, SAID_IN_ANY, says } from './answers.ts';
import { TICKETS } from './ticket-walk.ts';
import { type EdgeOf, walkerOf } from './walk.ts';

export type ComplaintEdge = EdgeOf<ComplaintData>;

export const FOREIGN = 'BX-20261118-0099';
export const STORY = '师傅态度特别差,还骂人';
const MORE = '另外他走的时候把楼道弄得一团糟';
const PRIVATE = '师傅让我把钱私下转给他';

/** A complaint of their own, which is only ever meant by its number. */
export const EARLIER_COMPLAINT: KnownTicket = { ...TICKETS.open, id: id('earlier-complaint'), number: 'TS-202611-0003', kind: 'complaint' };

export const OWN: readonly (readonly KnownTicket[])[] = [
  [],
  [TICKETS.booked],
  [TICKETS.booked, TICKETS.other],
  [TICKETS.sharedFirst, TICKETS.sharedSecond],
  [TICKETS.resolved, TICKETS.cancelled],
  [EARLIER_COMPLAINT, TICKETS.booked],
];

const PHOTOS: CustomerEvent = { type: 'PHOTOS_SENT', attachmentIds: [id('photo-1'), id('photo-2')] };

const ANYTIME: readonly CustomerEvent[] = [
  ...SAID_IN_ANY,
  { type: 'PERSON_WANTED' },
  { type: 'TICKET_CHOSEN', ticketId: TICKETS.other.id },
  { type: 'TICKET_CHOSEN', ticketId: id('a ticket of somebody else') },
  PHOTOS,
  says({ gravities: ['private-payment'], complaintTypes: ['private_payment'], category: 'repair-service' }, PRIVATE),
];

const SAID: Readonly<Record<string, readonly DialogEvent[]>> = {
  what: [says({ complaintTypes: ['attitude'], category: 'repair-service' }, STORY), says({}, '我要投诉')],
  ticket: [says({ ticketNumber: TICKETS.booked.number }, TICKETS.booked.number), says({ ticketNumber: FOREIGN }, FOREIGN)],
  category: [says({ category: 'other' }, '算其他吧')],
  wish: [says({ wish: 'refund' }, '退钱'), says({}, '我就想要你们给个能让人接受的处理')],
  phone: [says({ phone: PHONE }, '13800138000')],
  confirm: [
    says({ category: 'after-sales-service', corrects: true }, '不对,是客服'),
    says({ wish: 'return' }, '退货'),
    says({ phone: OTHER_PHONE }, '电话是13900139000'),
    says({ ticketNumber: FOREIGN }, FOREIGN),
    says({ gravities: ['injury'] }, MORE),
  ],
};

type Weighed = Extract<LookUpAnswer, { type: 'COMPLAINT_WEIGHED' }>;

export const weighed = (priority: Priority, earlier: Weighed['earlier'] = null): Weighed => ({
  type: 'COMPLAINT_WEIGHED',
  earlier,
  ticketId: id('complaint-new'),
  priority,
  gravities: [],
  department: { 'zh-CN': '维修部', en: 'Our repair team' },
  answerBy: instantOf(NOW + 30 * MINUTE),
  resolveBy: instantOf(NOW + 72 * HOUR),
  now: NOW,
});

export const EARLIER = { ticketId: id('complaint-old'), number: 'TS-202611-0003', count: 2 } as const;

function lookedUp(place: string): readonly DialogEvent[] {
  switch (place) {
    case 'findingTickets':
      return OWN.map((tickets) => ({ type: 'TICKETS_FOUND', tickets, now: NOW }));
    case 'findingRecord':
      return [
        { type: 'RECORD_FOUND', record: null },
        { type: 'RECORD_FOUND', record: { name: '王芳', phone: PHONE, address: null, models: [] } },
      ];
    case 'weighing':
      return [weighed('normal'), weighed('urgent'), weighed('high', EARLIER), weighed('urgent', EARLIER)];
    default:
      throw new Error(`no answer for ${place}`);
  }
}

export const complaintWalker = walkerOf<ComplaintData>({
  machine: complaint,
  said: SAID,
  anytime: ANYTIME,
  lookedUp,
  // A tapped class or wish comes with its label.
  tapped: (means) => (means.type === 'ANSWERED' ? { ...means, text: '维修服务' } : means),
  sameness: ({ value, context: { data, misses, trail } }) => {
    const { own, about, photos, gravities } = data;
    // While something is missed only where one stands counts.
    if (misses > 0) return JSON.stringify([value, misses, about !== null, trail.length > 0]);
    const ticket = about !== null ? 'known' : data.number !== null ? 'told' : data.aboutPassed ? 'none' : (own?.length ?? 'unread');
    const wish = data.wish === 'exchange' || data.wish === 'return' ? 'to a person' : data.wish !== null || data.wishPassed;
    const beside = photos.length > 0 ? 'photos' : gravities.length > 0;
    const phone = data.phone !== null || data.phonePassed;
    const said = [data.what !== '', data.category !== null, wish, phone, data.phonePassed, data.recordRead, beside];
    return JSON.stringify([value, ticket, said, trail.length > 0]);
  },
});

function begun(said: Partial<Answers>, text: string, below: Parameters<typeof begunComplaint>[0] = null): ComplaintData {
  return begunComplaint(below, answers(said), text);
}

/** What the customer has said before the dialog begins, and what the dialog below knows. */
export const COMPLAINT_BEGINNINGS: readonly ComplaintData[] = [
  begun({}, '我要投诉'),
  begun({ complaintTypes: ['attitude'], category: 'repair-service', wish: 'apology', phone: PHONE }, `${STORY},给我道歉`),
  begun({ complaintTypes: ['attitude'], category: 'repair-service', wish: 'apology' }, `${STORY},给我道歉`),
  begun({ gravities: ['private-payment', 'injury'], category: 'repair-service' }, PRIVATE),
  begun({ ticketNumber: FOREIGN }, `我要投诉${FOREIGN}`),
  begun({ ticketNumber: EARLIER_COMPLAINT.number }, `${EARLIER_COMPLAINT.number}没有人管,${STORY}`),
  begun({ wish: 'exchange', category: 'product-quality', complaintTypes: ['quality'] }, '机器质量太差,给我换一台', {
    phone: PHONE,
    appliance: 'fridge',
    ticket: { id: TICKETS.booked.id, number: TICKETS.booked.number },
    words: null,
  }),
];
