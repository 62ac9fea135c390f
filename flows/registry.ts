/**
 * Every dialog by its flow name: its machine, how it starts, what it knows, and how a stored one is read back. To add a
 * dialog, add its file and a line here.
 */
import type { AnyStateMachine } from 'xstate';
import type { Appliance, Fault } from '../src/domain/appliance.ts';
import type { AddressParts, PhoneNumber } from '../src/domain/contact.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { SurveySubject } from '../src/domain/survey.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import { appointmentChange } from './appointment-change.ts';
import { type Change, emptyChange, mergeChange } from './appointment-change-data.ts';
import { complaint } from './complaint.ts';
import { begunComplaint } from './complaint-data.ts';
import { knownOfComplaint, storedComplaint } from './complaint-stored.ts';
import type { Answers } from './dialog-event.ts';
import { progress } from './progress.ts';
import { repairBooking } from './repair-booking.ts';
import { emptyRepair, mergeAnswers } from './repair-booking-data.ts';
import { knownOfRepair, storedRepair } from './repair-booking-stored.ts';
import type { StoredContext } from './stored-context.ts';
import { survey } from './survey.ts';
import { emptySurvey } from './survey-data.ts';
import { knownOfSurvey, storedSurvey, surveyMatter } from './survey-stored.ts';
import { knownOfChange, knownOfProof, storedChange, storedProgress } from './ticket-dialogs-stored.ts';
import { mergeProof, NOTHING_PROVED, type TicketProof } from './ticket-proof.ts';
import { warrantyLookup } from './warranty-lookup.ts';
import { beginWarranty, knownOfWarranty, storedWarranty, warrantyMatter } from './warranty-lookup-stored.ts';

export const FLOWS = ['repair-booking', 'appointment-change', 'progress', 'warranty-lookup', 'complaint', 'survey'] as const;
export type FlowName = (typeof FLOWS)[number];

/** What a dialog is about and whom, as far as it knows. */
export type DialogMatter = {
  readonly appliance: Appliance | null;
  readonly faults: readonly Fault[];
  readonly phone: PhoneNumber | null;
  readonly address: AddressParts | null;
  /** The customer's own or proved ticket it is about. */
  readonly ticket: { readonly id: Identifier; readonly number: string } | null;
  /** What the customer has told of it in their own words, where a complaint would ask for the same. */
  readonly words: string | null;
};

/** The message a dialog starts with. `aim` is what should become of a visit, when the message says so. */
export type Opening = {
  readonly answers: Answers;
  readonly text: string;
  readonly policy: Policy;
  readonly aim: Change | null;
  /** A booking is open below. */
  readonly underBooking: boolean;
  /** What the dialog it interrupts is about: none of it is asked again. */
  readonly below: DialogMatter | null;
  /** What a survey is about; null for every other dialog. */
  readonly survey: SurveySubject | null;
};

export type Dialog = {
  readonly machine: AnyStateMachine;
  /** Raised when a stored snapshot of the version before could not go on unchanged. */
  readonly version: number;
  /** The machine's input, with what the customer has said already in it. */
  readonly start: (opening: Opening) => unknown;
  readonly stored: StoredContext<object>;
  /** What is known so far, for a person who takes over. */
  readonly known: (context: unknown) => ReplyData;
  /** What it is about, so that a question in between need not name it. */
  readonly about: (context: unknown) => DialogMatter;
  /** Whether words of the customer would be lost with it: then giving it up is asked about first. */
  readonly losing: (context: unknown) => boolean;
};

export const DIALOGS: Readonly<Record<FlowName, Dialog>> = {
  'repair-booking': {
    machine: repairBooking,
    version: 1,
    start: ({ answers, text, policy }) => ({ data: mergeAnswers(emptyRepair(policy.booking.appliancesMax), answers, text, '') }),
    stored: storedRepair,
    known: (context) => ifRead(storedRepair.read(context), knownOfRepair),
    about: (context) => {
      const data = storedRepair.read(context)?.data;
      const [item] = data?.items ?? [];
      return {
        appliance: item?.appliance ?? null,
        faults: item?.faults ?? [],
        phone: data?.phone ?? null,
        address: data?.address ?? null,
        ticket: null,
        words: null,
      };
    },
    losing: (context) => {
      const data = storedRepair.read(context)?.data;
      return data !== undefined && data.items.length > 0 && (data.address.detail !== null || data.phone !== null || data.window !== null);
    },
  },
  'appointment-change': {
    machine: appointmentChange,
    version: 1,
    start: ({ answers, text, policy, aim, underBooking }) => ({
      data: mergeChange({ ...emptyChange(policy, aim), underBooking }, answers, text, ''),
    }),
    stored: storedChange,
    known: (context) => ifRead(storedChange.read(context), knownOfChange),
    about: (context) => matterOf(storedChange.read(context)?.data),
    losing: () => false,
  },
  progress: {
    machine: progress,
    version: 1,
    start: ({ answers, underBooking }) => ({ data: mergeProof({ ...NOTHING_PROVED, underBooking }, answers) }),
    stored: storedProgress,
    known: (context) => ifRead(storedProgress.read(context), knownOfProof),
    about: (context) => matterOf(storedProgress.read(context)?.data),
    losing: () => false,
  },
  'warranty-lookup': {
    machine: warrantyLookup,
    version: 1,
    start: (opening) => ({ data: beginWarranty(opening) }),
    stored: storedWarranty,
    known: (context) => ifRead(storedWarranty.read(context), knownOfWarranty),
    about: (context) => warrantyMatter(storedWarranty.read(context)?.data),
    losing: () => false,
  },
  survey: {
    machine: survey,
    version: 1,
    start: ({ survey: subject, policy }) => {
      if (subject === null) throw new Error('invariant: a survey is about something');
      return { data: emptySurvey(subject, policy) };
    },
    stored: storedSurvey,
    known: (context) => ifRead(storedSurvey.read(context), knownOfSurvey),
    about: (context) => surveyMatter(storedSurvey.read(context)?.data),
    losing: () => false,
  },
  complaint: {
    machine: complaint,
    version: 1,
    start: ({ answers, text, below }) => ({ data: begunComplaint(below, answers, text) }),
    stored: storedComplaint,
    known: (context) => ifRead(storedComplaint.read(context), knownOfComplaint),
    about: (context) => {
      const data = storedComplaint.read(context)?.data;
      const ticket = data?.about ?? null;
      return {
        appliance: ticket?.appliances[0] ?? data?.appliance ?? null,
        faults: [],
        phone: data?.phone ?? null,
        address: null,
        ticket: ticket === null ? null : { id: ticket.id, number: ticket.number },
        words: null,
      };
    },
    losing: (context) => (storedComplaint.read(context)?.data.what ?? '') !== '',
  },
};

function ifRead<Data>(context: { readonly data: Data } | null, of: (data: Data) => ReplyData): ReplyData {
  return context === null ? {} : of(context.data);
}

function matterOf(proof: TicketProof | undefined): DialogMatter {
  const ticket = proof?.ticket ?? null;
  const address = ticket?.city == null ? null : { province: null, city: ticket.city, district: ticket.district, detail: null };
  return {
    appliance: ticket?.appliance ?? null,
    faults: [],
    phone: proof?.phone ?? null,
    address,
    ticket: ticket === null ? null : { id: ticket.id, number: ticket.number },
    words: null,
  };
}
