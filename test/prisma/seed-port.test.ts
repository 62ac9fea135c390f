import { expectTypeOf, test } from 'vitest';
import type { EnquiryStore } from '../../prisma/seed/enquiry-answers.ts';
import type { TermsStore } from '../../prisma/seed/insert-default-terms.ts';
import type { SeedStore } from '../../prisma/seed/seed-store.ts';
import type { PrismaClient } from '../../src/store/generated/client.ts';

test('the store client can be seeded', () => {
  expectTypeOf<PrismaClient>().toExtend<SeedStore>();
  expectTypeOf<PrismaClient>().toExtend<TermsStore>();
  expectTypeOf<PrismaClient>().toExtend<EnquiryStore>();
});
