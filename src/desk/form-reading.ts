/** Reads what staff type into forms with the same eyes as the chat. */

import { deniesLoss } from '../understanding/loss.ts';
import { parsePhone } from '../understanding/phone.ts';
import { parseSerial } from '../understanding/serial.ts';
import type { Expected, Understand } from '../understanding/understood.ts';
import type { ReadIntake } from './intake-form.ts';

/** `now` in epoch milliseconds. */
export function formReading(understand: Understand, timeZone: string, now: () => number): ReadIntake {
  const entities = (text: string, expects: Expected | null) => understand(text, { now: now(), timeZone, expects }).entities;
  return {
    phone: parsePhone,
    serial: parseSerial,
    address: (text) => entities(text, 'address').address ?? { province: null, city: null, district: null, detail: null },
    appliance: (text) => entities(text, null).appliances[0] ?? null,
    faults: (text) => entities(text, null).faults,
    danger: (text) => entities(text, null).danger,
    complaint: (text) => {
      const { complaintTypes, purchaseDate, category, gravities, amountYuan, wish, model, serial, ticketNumber } = entities(text, 'what');
      const told = { category, gravities, amountYuan, wish, model, serial, ticketNumber };
      return { ...told, types: complaintTypes, purchasedOn: purchaseDate, lossless: deniesLoss(text) };
    },
  };
}
