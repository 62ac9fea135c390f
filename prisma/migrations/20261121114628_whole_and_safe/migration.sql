-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "reminded" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "contact_task" ADD COLUMN     "engineer_id" UUID,
ADD COLUMN     "next_notice_at" TIMESTAMPTZ(3),
ADD COLUMN     "notice_sealed" BYTEA,
ADD COLUMN     "notices" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "once_key" TEXT,
ADD COLUMN     "whom" TEXT NOT NULL DEFAULT 'customer';

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "reach" TEXT,
ADD COLUMN     "reach_ticket_id" UUID;

-- AlterTable
ALTER TABLE "page" ADD COLUMN     "last_sent_at" TIMESTAMPTZ(3),
ADD COLUMN     "level" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "next_send_at" TIMESTAMPTZ(3),
ADD COLUMN     "once_key" TEXT,
ADD COLUMN     "sends" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ticket" ADD COLUMN     "price_version" TEXT;

-- CreateTable
CREATE TABLE "wrong_proof" (
    "id" BIGSERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "phone_index" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wrong_proof_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "wrong_proof_account_id_at_idx" ON "wrong_proof"("account_id", "at");

-- CreateIndex
CREATE INDEX "wrong_proof_number_at_idx" ON "wrong_proof"("number", "at");

-- CreateIndex
CREATE INDEX "wrong_proof_phone_index_at_idx" ON "wrong_proof"("phone_index", "at");

-- CreateIndex
CREATE INDEX "audit_at_id_idx" ON "audit"("at", "id");

-- CreateIndex
CREATE INDEX "customer_created_at_id_idx" ON "customer"("created_at", "id");

-- CreateIndex
CREATE INDEX "contact_task_ticket_id_idx" ON "contact_task"("ticket_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_task_once_key_key" ON "contact_task"("once_key");

-- CreateIndex
CREATE UNIQUE INDEX "page_once_key_key" ON "page"("once_key");

-- AddForeignKey
ALTER TABLE "contact_task" ADD CONSTRAINT "contact_task_engineer_id_fkey" FOREIGN KEY ("engineer_id") REFERENCES "engineer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wrong_proof" ADD CONSTRAINT "wrong_proof_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "channel_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma can't express; test/store/catalog.test.ts reads it back.
CREATE INDEX "message_reach" ON "message" ("created_at") WHERE "reach" IS NOT NULL;
CREATE INDEX "page_due" ON "page" ("next_send_at") WHERE "status" = 'open';
CREATE INDEX "contact_task_notice" ON "contact_task" ("next_notice_at") WHERE "status" = 'open' AND "notice_sealed" IS NOT NULL;
ALTER TABLE "contact_task" ADD CONSTRAINT "contact_task_whom" CHECK ("whom" IN ('customer', 'engineer') AND ("whom" = 'engineer') = ("engineer_id" IS NOT NULL));
CREATE INDEX "message_failed" ON "message" ("created_at") WHERE "delivery" = 'failed';
CREATE INDEX "waiting_list_waiting" ON "waiting_list_entry" ("id") WHERE "status" = 'waiting';
