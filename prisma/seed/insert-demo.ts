/** Puts the demo in the store, once and whole: the fact `demo-data` is written first, in the same transaction. */
import type { DemoData } from './demo-data.ts';
import { type Bytes, dateColumn, type SeedStore } from './seed-store.ts';

/** How the store keeps what identifies somebody: sealed, and findable by a keyed index. */
export type Sealing = {
  readonly sealPhone: (phone: string) => Bytes;
  readonly sealSerial: (serial: string) => Bytes;
  readonly indexSerial: (serial: string) => Bytes;
};

/** `there-already`: this store has the demo, nothing was written. */
export async function insertDemo(store: SeedStore, data: DemoData, sealing: Sealing, at: Date): Promise<'inserted' | 'there-already'> {
  return store.$transaction(async (tables) => {
    // Of two processes the second waits here for the first, and then finds the fact.
    const fact = await tables.storeFact.createMany({ data: [{ key: 'demo-data', value: { at: at.toISOString() } }], skipDuplicates: true });
    if (fact.count === 0) return 'there-already';
    await tables.serviceArea.createMany({ data: data.areas.map((it) => ({ ...it })), skipDuplicates: true });
    await tables.servicePoint.createMany({
      data: data.shops.map(({ opens, closes, ...shop }) => ({ ...shop, hours: { opens, closes } })),
      skipDuplicates: true,
    });
    await tables.engineer.createMany({
      data: data.engineers.map(({ id, name, phone, city }) => ({ id, name, city, phoneSealed: sealing.sealPhone(phone) })),
      skipDuplicates: true,
    });
    await tables.engineerSkill.createMany({
      data: data.engineers.flatMap(({ id, skills }) => skills.map((productClass) => ({ engineerId: id, productClass }))),
      skipDuplicates: true,
    });
    await tables.engineerArea.createMany({
      data: data.engineers.flatMap(({ id, city, districts }) => districts.map((district) => ({ engineerId: id, city, district }))),
      skipDuplicates: true,
    });
    await tables.engineerShift.createMany({
      data: data.engineers.flatMap(({ id, shifts }) => shifts.map((shift) => ({ engineerId: id, ...shift }))),
      skipDuplicates: true,
    });
    await tables.productUnit.createMany({
      data: data.products.map(({ serial, purchasedOn, producedOn, ...unit }) => ({
        ...unit,
        purchasedOn: purchasedOn === null ? null : dateColumn(purchasedOn),
        producedOn: dateColumn(producedOn),
        serialSealed: sealing.sealSerial(serial),
        serialIndex: sealing.indexSerial(serial),
      })),
      skipDuplicates: true,
    });
    return 'inserted';
  });
}
