/** Everything the desk needs stored, over one open store. */
import type { DeskStore } from '../../desk/desk.ts';
import { attachmentIdsOf } from '../../turn/message.ts';
import { listAppointmentsOn } from './appointments.ts';
import { attachmentsById, readAttachmentOn, readSharedAttachmentOn, readThumbnailOn } from './attachments.ts';
import { listAuditOn } from './audit.ts';
import { leadCallsOn } from './call-the-lead.ts';
import { writeAnswerOn } from './complaint-answer.ts';
import { writeCauseOn } from './complaint-cause.ts';
import { contactTaskStore } from './contact-tasks.ts';
import { customerStore } from './customers.ts';
import type { DeskConnection } from './desk-connection.ts';
import { enquiryAnswerStore } from './enquiry-answers.ts';
import { linkHandoffOn } from './handoff-link.ts';
import { reopenHandoffOn } from './handoff-reopen.ts';
import { handoffTransfersOn } from './handoff-transfer.ts';
import { handoffStore } from './handoffs.ts';
import { writeIntakeOn } from './intake.ts';
import { writeComplaintOn } from './intake-complaint.ts';
import { factsOfConversations } from './known-facts.ts';
import { writeMergeOn } from './merge.ts';
import { pageStore } from './pages.ts';
import { priceStore } from './prices.ts';
import { putBackOn } from './send-again.ts';
import { staffStore } from './staff.ts';
import { writeSurveyOn } from './surveys.ts';
import { writeAssigneeOn } from './ticket-assign.ts';
import { writeTicketNoteOn } from './ticket-note.ts';
import { ticketStore } from './tickets.ts';
import { transitionStore } from './transitions.ts';
import { visitChangeStore } from './visit-change.ts';

/** The desk's ports; a `Store` is all it takes. */
export function deskStore(connection: DeskConnection): DeskStore {
  return {
    handoffs: handoffStore(connection),
    link: linkHandoffOn(connection),
    transfers: handoffTransfersOn(connection),
    reopen: reopenHandoffOn(connection),
    leadCalls: leadCallsOn(connection),
    putBack: putBackOn(connection),
    tickets: ticketStore(connection),
    transitions: transitionStore(connection),
    assignee: writeAssigneeOn(connection),
    ticketNote: writeTicketNoteOn(connection),
    visits: visitChangeStore(connection),
    answer: writeAnswerOn(connection),
    merge: writeMergeOn(connection),
    intake: writeIntakeOn(connection),
    complaint: writeComplaintOn(connection),
    cause: writeCauseOn(connection),
    survey: writeSurveyOn(connection),
    appointments: listAppointmentsOn(connection),
    pages: pageStore(connection),
    contactTasks: contactTaskStore(connection),
    customers: customerStore(connection),
    prices: priceStore(connection),
    enquiryAnswers: enquiryAnswerStore(connection),
    audit: listAuditOn(connection),
    staff: staffStore(connection),
    attachment: readAttachmentOn(connection),
    thumbnail: readThumbnailOn(connection),
    sharedAttachment: readSharedAttachmentOn(connection),
    transcript: async ({ conversationId, afterSeq, limit }) => {
      if ((await connection.lastSeq(conversationId)) === null) return null;
      const messages = await connection.readLog(conversationId, afterSeq, limit);
      const sent = messages.flatMap((it) => (it.from === 'customer' ? attachmentIdsOf(it.body) : []));
      const attachments = await attachmentsById(connection, sent);
      return { messages, attachments, known: (await factsOfConversations(connection, [conversationId]))(conversationId) };
    },
  };
}
