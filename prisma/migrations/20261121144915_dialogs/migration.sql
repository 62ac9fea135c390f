-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "asking" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "product_unit" ADD COLUMN     "produced_on" DATE,
ALTER COLUMN "purchased_on" DROP NOT NULL;

-- CreateTable
CREATE TABLE "complaint_case" (
    "ticket_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "types" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "gravities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "wish" TEXT,
    "department" TEXT NOT NULL,
    "about_ticket_id" UUID,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "resolve_by" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "complaint_case_pkey" PRIMARY KEY ("ticket_id")
);

-- CreateTable
CREATE TABLE "complaint_statement" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text_sealed" BYTEA NOT NULL,

    CONSTRAINT "complaint_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey" (
    "id" UUID NOT NULL,
    "once_key" TEXT NOT NULL,
    "ticket_id" UUID,
    "handoff_id" UUID,
    "conversation_id" UUID,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,
    "score" INTEGER,
    "resolved" BOOLEAN,
    "reason_sealed" BYTEA,
    "comment_sealed" BYTEA,
    "items" JSONB NOT NULL DEFAULT '{}',
    "recheck_ticket_id" UUID,

    CONSTRAINT "survey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "ticket_id" UUID,
    "name_sealed" BYTEA NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "bytes_sealed" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enquiry_answer" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "questions" TEXT[],
    "zh_cn" TEXT NOT NULL,
    "en" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enquiry_answer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "complaint_case_about_ticket_id_idx" ON "complaint_case"("about_ticket_id");

-- CreateIndex
CREATE INDEX "complaint_statement_ticket_id_at_idx" ON "complaint_statement"("ticket_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "survey_once_key_key" ON "survey"("once_key");

-- CreateIndex
CREATE UNIQUE INDEX "survey_handoff_id_key" ON "survey"("handoff_id");

-- CreateIndex
CREATE INDEX "survey_ticket_id_idx" ON "survey"("ticket_id");

-- CreateIndex
CREATE INDEX "attachment_conversation_id_at_idx" ON "attachment"("conversation_id", "at");

-- CreateIndex
CREATE INDEX "attachment_ticket_id_idx" ON "attachment"("ticket_id");

-- CreateIndex
CREATE UNIQUE INDEX "enquiry_answer_key_key" ON "enquiry_answer"("key");

-- AddForeignKey
ALTER TABLE "complaint_case" ADD CONSTRAINT "complaint_case_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_case" ADD CONSTRAINT "complaint_case_about_ticket_id_fkey" FOREIGN KEY ("about_ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_statement" ADD CONSTRAINT "complaint_statement_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_recheck_ticket_id_fkey" FOREIGN KEY ("recheck_ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma can't express; test/store/catalog.test.ts reads it back.
ALTER TABLE "complaint_case" ADD CONSTRAINT "complaint_category_known" CHECK ("category" IN ('product-quality', 'repair-service', 'after-sales-service', 'other'));
ALTER TABLE "survey" ADD CONSTRAINT "survey_status_known" CHECK ("status" IN ('waiting', 'asked', 'answered', 'closed'));
ALTER TABLE "survey" ADD CONSTRAINT "survey_score_in_range" CHECK ("score" BETWEEN 1 AND 5);
ALTER TABLE "survey" ADD CONSTRAINT "survey_has_subject" CHECK ("ticket_id" IS NOT NULL OR "handoff_id" IS NOT NULL);
CREATE INDEX "survey_due" ON "survey" ("due_at") WHERE "status" IN ('waiting', 'asked');
CREATE TRIGGER "complaint_statement_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "complaint_statement" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE INDEX "message_created" ON "message" USING brin ("created_at");
