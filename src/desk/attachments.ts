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
export type AttachmentFacts = { readonly id: Identifier; readonly name: string; readonly contentType: string };

type OpenedAttachment =
  | { readonly kind: 'found'; readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Its bytes are still with the platform it was sent on, or were lost there. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'no-such-attachment' };

/** The attachment itself, `readBy` written in the same transaction when it is found. */
export type ReadAttachment = (id: Identifier, readBy: Change) => Promise<OpenedAttachment>;

/** The thread of the staff's chat that a link was put in. */
export type SharedIn = { readonly channel: string; readonly thread: string };

/** The same, `readBy` written unless the very same was written within `quietMilliseconds`. */
export type ReadSharedAttachment = (id: Identifier, readBy: Change, quietMilliseconds: number) => Promise<OpenedAttachment>;

export type AttachmentDesk = {
  readonly read: (member: StaffMember, id: Identifier) => Promise<OpenedAttachment | Forbidden>;
  /** By a link in the staff's chat, whoever follows it: on record as such, at most once an hour, as previews would fill the record. */
  readonly readShared: (id: Identifier, sharedIn: SharedIn) => Promise<OpenedAttachment>;
};

/** Nobody can say who it was. */
const BY_LINK = 'link:slack';

/** Opening attachments. */
export function attachmentDesk({
  read,
  readShared,
  now,
}: {
  readonly read: ReadAttachment;
  readonly readShared: ReadSharedAttachment;
  readonly now: () => Instant;
}): AttachmentDesk {
  return {
    readShared: (id, { channel, thread }) => {
      const details = { by: `link in Slack ${channel}/${thread}` };
      return readShared(id, { at: now(), actor: BY_LINK, action: 'attachment.read', subject: `attachment:${id}`, details }, HOUR);
    },

    read: async (member, id) => {
      const no = refusal(member, 'desk.read');
      return no ?? (await read(id, changeBy(member, now(), 'attachment.read', `attachment:${id}`)));
    },
  };
}

/** People name files after themselves. */
export function maskedFile(file: AttachmentFacts, mask: Mask): AttachmentFacts {
  return { ...file, name: mask(file.name) };
}
