-- CreateTable
CREATE TABLE "ticket_note" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "text_sealed" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_note_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ticket_note_ticket_id_at_idx" ON "ticket_note"("ticket_id", "at");

-- AddForeignKey
ALTER TABLE "ticket_note" ADD CONSTRAINT "ticket_note_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_note" ADD CONSTRAINT "ticket_note_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "page" ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "closed_why" TEXT;

-- What Prisma does not express
ALTER TABLE "page" DROP CONSTRAINT "page_status_known";
ALTER TABLE "page" ADD CONSTRAINT "page_status_known" CHECK ("status" IN ('open', 'acknowledged', 'closed'));
ALTER TABLE "page" ADD CONSTRAINT "page_closed_says_why" CHECK (("status" = 'closed') = ("closed_at" IS NOT NULL AND "closed_why" IS NOT NULL));
