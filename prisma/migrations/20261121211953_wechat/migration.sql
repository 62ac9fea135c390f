-- AlterTable
ALTER TABLE "attachment" ALTER COLUMN "bytes_sealed" DROP NOT NULL;

-- CreateTable
CREATE TABLE "awaited_media" (
    "attachment_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "media_id" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "awaited_media_pkey" PRIMARY KEY ("attachment_id")
);

-- CreateTable
CREATE TABLE "platform_send" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" UUID NOT NULL,
    "message_id" UUID,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "platform_send_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_state" (
    "channel" TEXT NOT NULL,
    "token_sealed" BYTEA,
    "token_expires_at" TIMESTAMPTZ(3),
    "heard_at" TIMESTAMPTZ(3),
    "fault_since" TIMESTAMPTZ(3),
    "fault_code" INTEGER,

    CONSTRAINT "platform_state_pkey" PRIMARY KEY ("channel")
);

-- CreateTable
CREATE TABLE "notice_consent" (
    "conversation_id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "left" INTEGER NOT NULL,
    "agreed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_consent_pkey" PRIMARY KEY ("conversation_id","template")
);

-- CreateTable
CREATE TABLE "account_link" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "known_account_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'asked',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "awaited_media_channel_next_try_at_idx" ON "awaited_media"("channel", "next_try_at");

-- CreateIndex
CREATE INDEX "platform_send_conversation_id_at_idx" ON "platform_send"("conversation_id", "at");

-- CreateIndex
CREATE INDEX "account_link_account_id_status_idx" ON "account_link"("account_id", "status");

-- CreateIndex
CREATE INDEX "account_link_known_account_id_status_idx" ON "account_link"("known_account_id", "status");

-- AddForeignKey
ALTER TABLE "awaited_media" ADD CONSTRAINT "awaited_media_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform_send" ADD CONSTRAINT "platform_send_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_consent" ADD CONSTRAINT "notice_consent_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "channel_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_known_account_id_fkey" FOREIGN KEY ("known_account_id") REFERENCES "channel_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "platform_send" ADD CONSTRAINT "platform_send_outcome_known" CHECK ("outcome" IN ('taken', 'sent', 'shut'));
ALTER TABLE "notice_consent" ADD CONSTRAINT "notice_consent_left" CHECK ("left" >= 0);
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_status_known" CHECK ("status" IN ('asked', 'linked', 'refused', 'expired'));
-- One question at a time about one account.
CREATE UNIQUE INDEX "account_link_asked_once" ON "account_link" ("account_id") WHERE "status" = 'asked';
-- What waits for its customer to come back, by conversation.
CREATE INDEX "message_waiting" ON "message" ("conversation_id") WHERE "delivery" = 'waiting';
