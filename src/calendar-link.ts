/**
 * The address of a visit's calendar file: whoever has it may read the visit's time and engineer, and nobody can make one
 * up. The turn writes it into the confirmation, the web answers it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Identifier, parseIdentifier } from './domain/identifier.ts';

export type CalendarLinks = {
  /** Path and file name, beginning with a slash. */
  readonly pathOf: (appointmentId: Identifier) => string;
  /** The appointment of a file name we made, null for any other. */
  readonly read: (fileName: string) => Identifier | null;
};

const MAC_BYTES = 16;

export function createCalendarLinks(secret: Buffer): CalendarLinks {
  const mac = (id: string) => createHmac('sha256', secret).update(id).digest().subarray(0, MAC_BYTES);
  return {
    pathOf: (appointmentId) => `/visits/${appointmentId}.${mac(appointmentId).toString('base64url')}.ics`,
    read: (fileName) => {
      const [id = '', signature = '', extension, ...rest] = fileName.split('.');
      if (extension !== 'ics' || rest.length > 0) return null;
      const given = Buffer.from(signature, 'base64url');
      return given.length === MAC_BYTES && timingSafeEqual(given, mac(id)) ? parseIdentifier(id) : null;
    },
  };
}
