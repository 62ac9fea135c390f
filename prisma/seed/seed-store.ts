/** What seeding needs of the store: inserting rows, in one transaction. Prisma's client is one of these. */
export type Table<Row> = {
  /** Rows whose key is there already are left alone; `count` tells how many went in. */
  readonly createMany: (wanted: { readonly data: Row[]; readonly skipDuplicates: boolean }) => PromiseLike<{ readonly count: number }>;
};

/** Bytes as Prisma takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A local day as Prisma takes it: midnight UTC. */
export type DateColumn = Date;

export type SeedTables = {
  readonly storeFact: Table<{ key: string; value: { at: string } }>;
  readonly serviceArea: Table<{ province: string; city: string; district: string }>;
  readonly servicePoint: Table<{
    id: string;
    name: string;
    city: string;
    district: string;
    address: string;
    hours: { opens: string; closes: string };
  }>;
  readonly engineer: Table<{ id: string; name: string; phoneSealed: Bytes; city: string }>;
  readonly engineerSkill: Table<{ engineerId: string; productClass: string }>;
  readonly engineerArea: Table<{ engineerId: string; city: string; district: string }>;
  readonly engineerShift: Table<{ engineerId: string; weekday: number; fromMinutes: number; toMinutes: number }>;
  readonly productUnit: Table<{
    id: string;
    serialIndex: Bytes;
    serialSealed: Bytes;
    model: string;
    brand: string;
    appliance: string;
    purchasedOn: DateColumn | null;
    producedOn: DateColumn;
  }>;
};

export type SeedStore = { readonly $transaction: <Result>(work: (tables: SeedTables) => Promise<Result>) => Promise<Result> };

/** `day` for a date column. */
export function dateColumn(day: string): DateColumn {
  return new Date(`${day}T00:00:00Z`);
}
