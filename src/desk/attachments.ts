/**
 * Pictures and files customers sent, as staff see them. A photo shows what no mask can cover, so whoever opens one is
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

/** The attachment itself, `readBy` written in the same transaction; null when there is none with this id. */
export type ReadAttachment = (
  id: Identifier,
  readBy: Change,
) => Promise<{ readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> } | null>;

export type AttachmentDesk = {
  readonly read: (
    member: StaffMember,
    id: Identifier,
  ) => Promise<
    | { readonly kind: 'found'; readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> }
    | { readonly kind: 'no-such-attachment' }
    | Forbidden
  >;
};

/** Opening attachments. */
export function attachmentDesk({ read, now }: { readonly read: ReadAttachment; readonly now: () => Instant }): AttachmentDesk {
  return {
    read: async (member, id) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const found = await read(id, changeBy(member, now(), 'attachment.read', `attachment:${id}`));
      return found === null ? { kind: 'no-such-attachment' } : { kind: 'found', ...found };
    },
  };
}

/** People name files after themselves. */
export function maskedFile(file: AttachmentFacts, mask: Mask): AttachmentFacts {
  return { ...file, name: maskDoors(mask(file.name)) };
}
