/** Everything staff can do, put together: the API, the console and Slack all act through this one value. */
import type { Serial } from '../domain/contact.ts';
import type { MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { PlatformSends } from '../turn/platform-ports.ts';
import type { Readings } from '../turn/ports.ts';
import { type AppointmentDesk, appointmentDesk, type ListAppointments } from './appointments.ts';
import { type AttachmentDesk, attachmentDesk, type ReadAttachment, type ReadSharedAttachment, type ReadThumbnail } from './attachments.ts';
import { type AuditDesk, auditDesk, type ListAudit } from './audit.ts';
import { type EscalateHandoff, type EscalateTicket, escalateHandoff, escalateTicket, type LeadCalls } from './call-the-lead.ts';
import { type AnswerComplaint, answerComplaint, type WriteAnswer } from './complaint-answer.ts';
import { type SetCause, setCause, type WriteCause } from './complaint-cause.ts';
import { type ContactTaskDesk, type ContactTaskStore, contactTaskDesk } from './contact-tasks.ts';
import { type CustomerDesk, type CustomerStore, customerDesk } from './customers.ts';
import { type EnquiryAnswerDesk, type EnquiryAnswerStore, enquiryAnswerDesk } from './enquiry-answers.ts';
import { type LinkByStaff, type LinkHandoff, linkByStaff } from './handoff-link.ts';
import { type ReopenByStaff, type ReopenHandoff, reopenByStaff } from './handoff-reopen.ts';
import { type HandoffTransfers, type TransferByStaff, transferByStaff } from './handoff-transfer.ts';
import { type HandoffDesk, type HandoffNeeds, type HandoffStore, handoffDesk } from './handoffs.ts';
import { type OpenByStaff, openByStaff, type WriteIntake } from './intake.ts';
import type { WriteComplaint } from './intake-complaint.ts';
import type { ReadIntake } from './intake-form.ts';
import { type MergeDuplicates, mergeDuplicates, type WriteMerge } from './merge.ts';
import { type PageDesk, type PageStore, pageDesk } from './pages.ts';
import { type PriceDesk, type PriceStore, priceDesk } from './prices.ts';
import { type ProductCodeDesk, productCodeDesk } from './product-codes.ts';
import { type PutBack, type SendAgain, sendAgain } from './send-again.ts';
import { type StaffDesk, type StaffStore, staffDesk } from './staff.ts';
import { type AnswerSurvey, answerSurvey, type WriteSurvey } from './surveys.ts';
import { type AssignTicket, assignTicket, type WriteAssignee } from './ticket-assign.ts';
import { type NoteTicket, noteTicket, type WriteTicketNote } from './ticket-note.ts';
import { type TicketDesk, type TicketStore, ticketDesk } from './tickets.ts';
import { type ReadTranscript, type TranscriptDesk, transcriptDesk } from './transcript.ts';
import { type Transit, type TransitionStore, transit } from './transitions.ts';
import { type VisitChangeStore, type VisitDesk, visitDesk } from './visit-change.ts';

/** What is stored for the desk. */
export type DeskStore = {
  readonly handoffs: HandoffStore;
  readonly link: LinkHandoff;
  readonly transfers: HandoffTransfers;
  readonly reopen: ReopenHandoff;
  readonly leadCalls: LeadCalls;
  readonly putBack: PutBack;
  readonly tickets: TicketStore;
  readonly transitions: TransitionStore;
  readonly assignee: WriteAssignee;
  readonly ticketNote: WriteTicketNote;
  readonly visits: VisitChangeStore;
  readonly answer: WriteAnswer;
  readonly merge: WriteMerge;
  readonly intake: WriteIntake;
  readonly complaint: WriteComplaint;
  readonly cause: WriteCause;
  readonly survey: WriteSurvey;
  readonly appointments: ListAppointments;
  readonly pages: PageStore;
  readonly contactTasks: ContactTaskStore;
  readonly transcript: ReadTranscript;
  readonly attachment: ReadAttachment;
  readonly thumbnail: ReadThumbnail;
  readonly sharedAttachment: ReadSharedAttachment;
  readonly customers: CustomerStore;
  readonly prices: PriceStore;
  readonly enquiryAnswers: EnquiryAnswerStore;
  readonly audit: ListAudit;
  readonly staff: StaffStore;
};

export type DeskNeeds = Pick<HandoffNeeds, 'deliverSoon' | 'turnSoon' | 'cleanFile'> & {
  readonly store: DeskStore;
  readonly readings: Pick<Readings, 'engineers' | 'productBySerial' | 'serviceAreas' | 'ticketNumbers' | 'ticketProvedBy'>;
  readonly read: ReadIntake;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  /** A fresh secret: 32 random bytes or more, as text. */
  readonly makeToken: () => string;
  readonly sendsLeft: PlatformSends['left'];
  /** What a label's code carries of a serial, signed. */
  readonly sceneOf: (serial: Serial) => string;
};

export type Desk = {
  readonly handoffs: HandoffDesk & {
    readonly link: LinkByStaff;
    readonly transfer: TransferByStaff;
    readonly reopen: ReopenByStaff;
    readonly escalate: EscalateHandoff;
    readonly sendAgain: SendAgain;
  };
  readonly tickets: TicketDesk &
    VisitDesk & {
      readonly open: OpenByStaff;
      readonly assign: AssignTicket;
      readonly note: NoteTicket;
      readonly answerComplaint: AnswerComplaint;
      readonly mergeDuplicates: MergeDuplicates;
      readonly transit: Transit;
      readonly setCause: SetCause;
      readonly escalate: EscalateTicket;
      readonly answerSurvey: AnswerSurvey;
    };
  readonly appointments: AppointmentDesk;
  readonly pages: PageDesk;
  readonly contactTasks: ContactTaskDesk;
  readonly transcript: TranscriptDesk;
  readonly attachments: AttachmentDesk;
  readonly customers: CustomerDesk;
  readonly prices: PriceDesk;
  readonly productCodes: ProductCodeDesk;
  readonly enquiryAnswers: EnquiryAnswerDesk;
  readonly audit: AuditDesk;
  readonly staff: StaffDesk;
};

/** The desk over its ports. */
export function createDesk(needs: DeskNeeds): Desk {
  const { store, now } = needs;
  return {
    handoffs: {
      ...handoffDesk({ ...needs, handoffs: store.handoffs }),
      link: linkByStaff({ ...needs, link: store.link }),
      transfer: transferByStaff({ ...needs, transfers: store.transfers }),
      reopen: reopenByStaff({ ...needs, reopen: store.reopen }),
      escalate: escalateHandoff({ ...needs, leadCalls: store.leadCalls }),
      sendAgain: sendAgain({ ...needs, putBack: store.putBack }),
    },
    tickets: {
      ...ticketDesk({ ...needs, tickets: store.tickets }),
      open: openByStaff({ ...needs, write: store.intake, complaint: store.complaint }),
      transit: transit({ ...needs, transitions: store.transitions }),
      assign: assignTicket({ write: store.assignee, now }),
      note: noteTicket({ write: store.ticketNote, now }),
      ...visitDesk({ ...needs, visits: store.visits }),
      answerComplaint: answerComplaint({ ...needs, write: store.answer }),
      mergeDuplicates: mergeDuplicates({ ...needs, write: store.merge }),
      setCause: setCause({ write: store.cause, now }),
      escalate: escalateTicket({ ...needs, leadCalls: store.leadCalls }),
      answerSurvey: answerSurvey({ ...needs, write: store.survey }),
    },
    appointments: appointmentDesk({ appointments: store.appointments }),
    pages: pageDesk({ ...needs, pages: store.pages }),
    contactTasks: contactTaskDesk({ contactTasks: store.contactTasks, now }),
    transcript: transcriptDesk({ ...needs, transcript: store.transcript }),
    attachments: attachmentDesk({ read: store.attachment, readThumbnail: store.thumbnail, readShared: store.sharedAttachment, now }),
    customers: customerDesk({ customers: store.customers, read: needs.read, now }),
    prices: priceDesk({ ...needs, prices: store.prices }),
    productCodes: productCodeDesk({ ...needs, parseSerial: needs.read.serial }),
    enquiryAnswers: enquiryAnswerDesk({ answers: store.enquiryAnswers, now }),
    audit: auditDesk({ audit: store.audit }),
    staff: staffDesk({ staff: store.staff, makeToken: needs.makeToken, now }),
  };
}
