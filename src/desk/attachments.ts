/**
 * Pictures and files customers sent, or staff sent them, as staff see them. A photo shows what no mask can cover, so whoever opens one is
 * written down.
 */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { type Change, changeBy } from './change.ts';
import type { Mask } from './known-facts.ts';
import { maskDoors } from './masked.ts';
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

export type AttachmentDesk = { readonly read: (member: StaffMember, id: Identifier) => Promise<OpenedAttachment | Forbidden> };

/** Opening attachments. */
export function attachmentDesk({ read, now }: { readonly read: ReadAttachment; readonly now: () => Instant }): AttachmentDesk {
  return {
    read: async (member, id) => {
      const no = refusal(member, 'desk.read');
      return no ?? (await read(id, changeBy(member, now(), 'attachment.read', `attachment:${id}`)));
    },
  };
}

/** People name files after themselves. */
export function maskedFile(file: AttachmentFacts, mask: Mask): AttachmentFacts {
  return { ...file, name: maskDoors(mask(file.name)) };
}
