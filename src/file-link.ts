/**
 * The address under which a file is opened: whoever has it may, for a while, and nobody can make one up. Each time the file is
 * shown it is made anew; within an hour it is the same. A customer's is good for a week; one in the staff's chat for as long as
 * the policy says, and names the thread it was put in, so that its opening goes on record.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SharedIn } from './desk/attachments.ts';
import { type Identifier, parseIdentifier } from './domain/identifier.ts';
import { DAY, HOUR, type Instant, instantOf } from './domain/instant.ts';

export type FileLinks = {
  /** For the customer it was sent to. Beginning with a slash. */
  readonly pathOf: (fileId: Identifier) => string;
  /** For who reads a thread of the staff's chat. Beginning with a slash. */
  readonly sharedPathOf: (fileId: Identifier, sharedIn: SharedIn) => string;
  /** What a path of ours names after its folder; `forged` for any other. */
  readonly read: (name: string) => ReadFileLink;
};

/** `sharedIn` null: a customer's. */
export type ReadFileLink =
  | { readonly kind: 'good'; readonly fileId: Identifier; readonly until: Instant; readonly sharedIn: SharedIn | null }
  | { readonly kind: 'expired'; readonly fileId: Identifier; readonly sharedIn: SharedIn | null }
  | { readonly kind: 'forged' };

const GOOD_FOR_MILLISECONDS = 7 * DAY;
const MAC_BYTES = 16;
/** Hours are written in this base. */
const BASE = 36;
/** Of id, hours and signature; a shared link has one more before the signature. */
const PARTS = 3;

/** `sharedMilliseconds`: how long a link in the staff's chat is good for. */
export function createFileLinks(secret: Buffer, sharedMilliseconds: number, now: () => Instant): FileLinks {
  const mac = (text: string) => createHmac('sha256', secret).update(text).digest().subarray(0, MAC_BYTES).toString('base64url');
  const signed = (parts: readonly string[]) => `/files/${parts.join('.')}.${mac(parts.join('.'))}`;
  const hoursFrom = (milliseconds: number) => Math.ceil((now() + milliseconds) / HOUR).toString(BASE);
  return {
    pathOf: (fileId) => signed([fileId, hoursFrom(GOOD_FOR_MILLISECONDS)]),
    sharedPathOf: (fileId, sharedIn) => signed([fileId, hoursFrom(sharedMilliseconds), written(sharedIn)]),
    read: (name) => {
      const parts = name.split('.');
      const [id = '', hours = '', place = ''] = parts;
      const [given, right] = [Buffer.from(parts.at(-1) ?? ''), Buffer.from(mac(parts.slice(0, -1).join('.')))];
      const isShared = parts.length === PARTS + 1;
      const isOurs = (parts.length === PARTS || isShared) && given.length === right.length && timingSafeEqual(given, right);
      const fileId = parseIdentifier(id);
      if (fileId === null || !isOurs) return { kind: 'forged' };
      const sharedIn = isShared ? placeIn(place) : null;
      const until = instantOf(Number.parseInt(hours, BASE) * HOUR);
      return now() < until ? { kind: 'good', fileId, until, sharedIn } : { kind: 'expired', fileId, sharedIn };
    },
  };
}

function written({ channel, thread }: SharedIn): string {
  return Buffer.from(`${channel}/${thread}`).toString('base64url');
}

function placeIn(text: string): SharedIn {
  const [channel = '', thread = ''] = Buffer.from(text, 'base64url').toString().split('/');
  return { channel, thread };
}
