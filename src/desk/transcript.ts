/** A conversation as staff read it: what was said by whom, nothing in it that identifies the customer, system events left out. */

import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { unreachable } from '../domain/unreachable.ts';
import {
  attachmentIdsOf,
  type Delivery,
  type InboundBody,
  type LoggedMessage,
  type OutgoingBody,
  type PlacedMessage,
} from '../turn/message.ts';
import type { Reading } from '../wording/format.ts';
import { render } from '../wording/render.ts';
import { type AttachmentFacts, maskedFile } from './attachments.ts';
import { type KnownFacts, type Mask, maskOf } from './known-facts.ts';
import { maskNamesSaid } from './masked-names.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

export type TranscriptLine = {
  readonly id: Identifier;
  readonly seq: number;
  readonly at: Instant;
  readonly from: 'customer' | 'bot' | 'staff';
  /** Empty for a message without text we could read. */
  readonly text: string;
  readonly attachments: readonly AttachmentFacts[];
  /** Null for what came in. */
  readonly delivery: Delivery | null;
};

/** The log of a conversation, system events and all, after `afterSeq`, in order, at most `limit`; null when there is no such conversation. */
export type ReadTranscript = (wanted: {
  readonly conversationId: Identifier;
  readonly afterSeq: number;
  readonly limit: number;
}) => Promise<{
  readonly messages: readonly LoggedMessage[];
  readonly attachments: ReadonlyMap<Identifier, AttachmentFacts>;
  readonly known: KnownFacts;
} | null>;

export type TranscriptDesk = {
  readonly read: (
    member: StaffMember,
    wanted: { readonly conversationId: Identifier; readonly afterSeq: number; readonly limit: number },
  ) => Promise<
    | { readonly kind: 'found'; readonly lines: readonly TranscriptLine[]; readonly nextAfter: number | null }
    | { readonly kind: 'no-such-conversation' }
    | Forbidden
  >;
};

/** Reading conversations. */
export function transcriptDesk(needs: { readonly transcript: ReadTranscript; readonly timeZone: string }): TranscriptDesk {
  return {
    read: async (member, wanted) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const found = await needs.transcript({ ...wanted, limit: wanted.limit + 1 });
      if (found === null) return { kind: 'no-such-conversation' };
      const mask = maskOf(found.known);
      const shown = found.messages.slice(0, wanted.limit);
      return {
        kind: 'found',
        lines: shown.flatMap((it) => lineOf(it, found.attachments, mask, { language: 'zh-CN', timeZone: needs.timeZone })),
        nextAfter: found.messages.length > wanted.limit ? (shown.at(-1)?.seq ?? null) : null,
      };
    },
  };
}

/** A message the staff have just said, on its way. */
export function lineSaid({ id, seq, at, body }: PlacedMessage, known: KnownFacts): TranscriptLine {
  const mask = maskOf(known);
  return { id, seq, at, from: 'staff', text: mask(body.text), attachments: filesSaid(body, mask), delivery: 'pending' };
}

function lineOf(
  message: LoggedMessage,
  attachments: ReadonlyMap<Identifier, AttachmentFacts>,
  mask: Mask,
  reading: Reading,
): readonly TranscriptLine[] {
  const { id, seq, at, delivery } = message;
  switch (message.from) {
    case 'system':
      return [];
    case 'customer': {
      const sent = attachmentIdsOf(message.body).flatMap((it) => attachments.get(it) ?? []);
      const files = sent.map((it) => maskedFile(it, mask));
      return [
        { id, seq, at, from: 'customer', text: maskNamesSaid(mask(wordsOf(message.body, reading))), attachments: files, delivery: null },
      ];
    }
    default: {
      const { body } = message;
      return [{ id, seq, at, from: message.from, text: mask(body.text), attachments: filesSaid(body, mask), delivery }];
    }
  }
}

function filesSaid({ files }: OutgoingBody, mask: Mask): readonly AttachmentFacts[] {
  return files.map(({ size: _size, ...it }) => maskedFile(it, mask));
}

/** What was no text is named, for whoever reads along. */
function wordsOf(body: InboundBody, reading: Reading): string {
  switch (body.kind) {
    case 'text':
    case 'photos':
      return body.text ?? '';
    case 'voice':
      return render({ key: 'transcript.voice', data: {} }, reading);
    case 'location':
      return render({ key: 'transcript.location', data: { place: { as: 'text', value: body.label } } }, reading).trim();
    case 'unreadable':
    case 'event':
      return '';
    default:
      return unreachable(body);
  }
}
