/**
 * The address under which customers open a file that was sent to them: whoever has it may, for a week, and nobody can make
 * one up. Each time the file is shown it is made anew; within an hour it is the same, so that a browser asks once.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Identifier, parseIdentifier } from './domain/identifier.ts';
import { DAY, HOUR, type Instant, instantOf } from './domain/instant.ts';

export type FileLinks = {
  /** Beginning with a slash. */
  readonly pathOf: (fileId: Identifier) => string;
  /** What a path of ours names after its folder; `forged` for any other. */
  readonly read: (name: string) => ReadFileLink;
};

export type ReadFileLink =
  | { readonly kind: 'good'; readonly fileId: Identifier; readonly until: Instant }
  | { readonly kind: 'expired' }
  | { readonly kind: 'forged' };

const GOOD_FOR_MILLISECONDS = 7 * DAY;
const MAC_BYTES = 16;
/** Hours are written in this base. */
const BASE = 36;

export function createFileLinks(secret: Buffer, now: () => Instant): FileLinks {
  const mac = (text: string) => createHmac('sha256', secret).update(text).digest().subarray(0, MAC_BYTES).toString('base64url');
  return {
    pathOf: (fileId) => {
      const named = `${fileId}.${Math.ceil((now() + GOOD_FOR_MILLISECONDS) / HOUR).toString(BASE)}`;
      return `/files/${named}.${mac(named)}`;
    },
    read: (name) => {
      const [id = '', hours = '', signature = '', ...rest] = name.split('.');
      const [given, right] = [Buffer.from(signature), Buffer.from(mac(`${id}.${hours}`))];
      const fileId = parseIdentifier(id);
      const isOurs = rest.length === 0 && given.length === right.length && timingSafeEqual(given, right);
      if (fileId === null || !isOurs) return { kind: 'forged' };
      const until = instantOf(Number.parseInt(hours, BASE) * HOUR);
      return now() < until ? { kind: 'good', fileId, until } : { kind: 'expired' };
    },
  };
}
