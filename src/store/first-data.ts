/** What a store holds before its first customer: the default terms and everyday answers always, the demo when wished or when nothing else is there. */
import { demoData } from '../../prisma/seed/demo-data.ts';
import { insertEnquiryAnswers } from '../../prisma/seed/enquiry-answers.ts';
import { insertDefaultTerms } from '../../prisma/seed/insert-default-terms.ts';
import { insertDemo } from '../../prisma/seed/insert-demo.ts';
import type { MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Store } from './open-store.ts';
import { INDEXED, SEALED } from './purposes.ts';

export type FirstDataNeeds = {
  readonly demo: 'yes' | 'no' | 'when-empty';
  readonly now: Instant;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
};

/** Inserts what is missing; idempotent, also for two processes at once. */
export async function insertFirstData(
  { prisma, seal }: Store,
  { demo, now, timeZone, makeIdentifier }: FirstDataNeeds,
): Promise<'demo-inserted' | 'nothing-inserted'> {
  await insertDefaultTerms(prisma, makeIdentifier);
  await insertEnquiryAnswers(prisma, makeIdentifier, new Date(now));
  const wanted = demo === 'yes' || (demo === 'when-empty' && (await prisma.engineer.count()) === 0);
  if (!wanted) return 'nothing-inserted';
  const sealing = {
    sealPhone: (phone: string) => new Uint8Array(seal.seal(SEALED.engineerPhone, phone)),
    sealSerial: (serial: string) => new Uint8Array(seal.seal(SEALED.productSerial, serial)),
    indexSerial: (serial: string) => new Uint8Array(seal.blindIndex(INDEXED.serial, serial)),
  };
  const inserted = await insertDemo(prisma, demoData(now, timeZone, makeIdentifier), sealing, new Date(now));
  return inserted === 'inserted' ? 'demo-inserted' : 'nothing-inserted';
}
