/**
 * The code on a product's label: whoever scans it has that product on the table (S4-013), and nobody can make one up. Staff
 * have them printed; a scene is what a platform carries in its own codes, so it is short and of plain characters.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Serial } from './domain/contact.ts';
import { parseSerial } from './understanding/serial.ts';

export type ProductCodes = {
  /** At most 43 of `A-Z a-z 0-9 . _ -`. */
  readonly sceneOf: (serial: Serial) => string;
  /** The serial of a scene we made, null for any other. */
  readonly read: (scene: string) => Serial | null;
};

const MAC_BYTES = 16;
/** What a platform's code holds. */
const SCENE_CHARACTERS_MAX = 64;

export function createProductCodes(key: Buffer): ProductCodes {
  const mac = (serial: string) => createHmac('sha256', key).update(serial).digest().subarray(0, MAC_BYTES);
  const sceneOf = (serial: Serial) => `${serial}.${mac(serial).toString('base64url')}`;
  return {
    sceneOf,
    read: (scene) => {
      if (scene.length > SCENE_CHARACTERS_MAX) return null;
      const [text = '', signature = '', ...rest] = scene.split('.');
      const serial = parseSerial(text);
      const given = Buffer.from(signature, 'base64url');
      if (serial === null || rest.length > 0 || given.length !== MAC_BYTES || !timingSafeEqual(given, mac(serial))) return null;
      // Spelled otherwise it is not ours: one product, one code.
      return scene === sceneOf(serial) ? serial : null;
    },
  };
}
