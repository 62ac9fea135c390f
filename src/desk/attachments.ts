/**
 * Pictures and files customers sent, or staff sent them, as staff see them. A photo shows what no mask can cover, so whoever opens one is
 * written down.
 */
import type { Identifier } from '../domain/identifier.ts';
import { HOUR, type Instant } from '../domain/instant.ts';
import { type Change, changeBy } from './change.ts';
import type { Mask } from './known-facts.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

/** What lists say of an attachment. */
export type AttachmentFacts = {
  readonly id: Identifier;
  readonly name: string;
  readonly contentType: string;
  readonly hasThumbnail: boolean;
};

type OpenedAttachment =
  | { readonly kind: 'found'; readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Its bytes are still with the platform it was sent on, or were lost there. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'no-such-attachment' };

/** Which attachments somebody may open: any, or only one that hangs on a ticket. Another is as if there were none. */
type Whose = 'any' | 'on-a-ticket';

/** The attachment itself, `readBy` written in the same transaction when it is found. */
export type ReadAttachment = (id: Identifier, readBy: Change, whose: Whose) => Promise<OpenedAttachment>;

/** Its thumbnail; what is written names the conversation, unless the very same was written within `quietMilliseconds`. */
export type ReadThumbnail = (
  id: Identifier,
  readBy: (conversationId: Identifier) => Change,
  whose: Whose,
  quietMilliseconds: number,
) => Promise<OpenedAttachment>;

/** The thread of the staff's chat that a link was put in. */
export type SharedIn = { readonly channel: string; readonly thread: string };

/** The same, `readBy` written unless the very same was written within `quietMilliseconds`. */
export type ReadSharedAttachment = (id: Identifier, readBy: Change, quietMilliseconds: number) => Promise<OpenedAttachment>;

export type AttachmentDesk = {
  /** An engineer opens what hangs on a ticket and nothing else. */
  readonly read: (member: StaffMember, id: Identifier) => Promise<OpenedAttachment | Forbidden>;
  /** As small as lists show it: on record once an hour for a conversation, as a list shows many. `not-here`: there is none. */
  readonly readThumbnail: (member: StaffMember, id: Identifier) => Promise<OpenedAttachment | Forbidden>;
  /** By a link in the staff's chat, whoever follows it: on record as such, at most once an hour, as previews would fill the record. */
  readonly readShared: (id: Identifier, sharedIn: SharedIn) => Promise<OpenedAttachment>;
};

/** Nobody can say who it was. */
const BY_LINK = 'link:slack';

/** Opening attachments. */
export function attachmentDesk({
  read,
  readThumbnail,
  readShared,
  now,
}: {
  readonly read: ReadAttachment;
  readonly readThumbnail: ReadThumbnail;
  readonly readShared: ReadSharedAttachment;
  readonly now: () => Instant;
}): AttachmentDesk {
  return {
    readShared: (id, { channel, thread }) => {
      const details = { by: `link in Slack ${channel}/${thread}` };
      return readShared(id, { at: now(), actor: BY_LINK, action: 'attachment.read', subject: `attachment:${id}`, details }, HOUR);
    },

    read: (member, id) => opened(member, (whose) => read(id, changeBy(member, now(), 'attachment.read', `attachment:${id}`), whose)),

    readThumbnail: (member, id) => {
      const readBy = (conversationId: Identifier) => changeBy(member, now(), 'thumbnails.read', `conversation:${conversationId}`);
      return opened(member, (whose) => readThumbnail(id, readBy, whose, HOUR));
    },
  };
}

/** Whoever sees tickets sees what hangs on them; what else was sent is for those who read conversations. */
async function opened(member: StaffMember, open: (whose: Whose) => Promise<OpenedAttachment>): Promise<OpenedAttachment | Forbidden> {
  const no = refusal(member, 'desk.read');
  if (no === null) return open('any');
  if (refusal(member, 'visits.read') !== null) return no;
  const found = await open('on-a-ticket');
  return found.kind === 'no-such-attachment' ? no : found;
}

/** People name files after themselves. */
export function maskedFile(file: AttachmentFacts, mask: Mask): AttachmentFacts {
  return { ...file, name: mask(file.name) };
}
