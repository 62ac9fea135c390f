-- AlterTable
ALTER TABLE "complaint_case" ADD COLUMN     "answer_sealed" BYTEA,
ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "answered_by" UUID;

-- AlterTable
ALTER TABLE "page" ADD COLUMN     "audience" JSONB,
ADD COLUMN     "repeats" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "staff_account" (
    "channel" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "staff_id" UUID,
    "found_by" TEXT NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_account_pkey" PRIMARY KEY ("channel","external_id")
);

-- CreateTable
CREATE TABLE "staff_lane" (
    "id" TEXT NOT NULL,
    "held_by" UUID,
    "held_until" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "fault" TEXT,
    "fault_since" TIMESTAMPTZ(3),

    CONSTRAINT "staff_lane_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_post" (
    "id" UUID NOT NULL,
    "lane" TEXT NOT NULL,
    "place" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "once_key" TEXT NOT NULL,
    "parent_id" UUID,
    "handoff_id" UUID,
    "message_id" UUID,
    "ticket_id" UUID,
    "page_id" UUID,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "ts" TEXT,
    "batch_id" UUID,
    "shown" TEXT,
    "is_final" BOOLEAN NOT NULL DEFAULT false,
    "mirrored" INTEGER NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "is_doubtful" BOOLEAN NOT NULL DEFAULT false,
    "refusal" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_reply" (
    "id" UUID NOT NULL,
    "lane" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "handoff_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "staff_id" UUID,
    "body_sealed" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "refusal" TEXT,
    "mark" TEXT,
    "edit_ts" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_reply_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sla_clock" (
    "id" UUID NOT NULL,
    "ticket_id" UUID,
    "handoff_id" UUID,
    "kind" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL DEFAULT 0,
    "priority" TEXT NOT NULL,
    "target_minutes" DOUBLE PRECISION NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "spent_milliseconds" BIGINT NOT NULL DEFAULT 0,
    "warn_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'running',
    "warned_at" TIMESTAMPTZ(3),
    "breached_at" TIMESTAMPTZ(3),
    "rungs" INTEGER NOT NULL DEFAULT 0,
    "timeline_length" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sla_clock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_post_place_key" ON "staff_post"("place");

-- CreateIndex
CREATE UNIQUE INDEX "staff_post_once_key_key" ON "staff_post"("once_key");

-- CreateIndex
CREATE INDEX "staff_post_handoff_id_idx" ON "staff_post"("handoff_id");

-- CreateIndex
CREATE INDEX "staff_post_lane_ts_idx" ON "staff_post"("lane", "ts");

-- CreateIndex
CREATE INDEX "staff_reply_handoff_id_idx" ON "staff_reply"("handoff_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_reply_lane_ts_key" ON "staff_reply"("lane", "ts");

-- CreateIndex
CREATE INDEX "sla_clock_ticket_id_idx" ON "sla_clock"("ticket_id");

-- CreateIndex
CREATE INDEX "sla_clock_handoff_id_idx" ON "sla_clock"("handoff_id");

-- AddForeignKey
ALTER TABLE "staff_account" ADD CONSTRAINT "staff_account_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_post" ADD CONSTRAINT "staff_post_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "staff_post"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_post" ADD CONSTRAINT "staff_post_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_post" ADD CONSTRAINT "staff_post_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_post" ADD CONSTRAINT "staff_post_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "page"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_reply" ADD CONSTRAINT "staff_reply_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_reply" ADD CONSTRAINT "staff_reply_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sla_clock" ADD CONSTRAINT "sla_clock_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sla_clock" ADD CONSTRAINT "sla_clock_handoff_id_fkey" FOREIGN KEY ("handoff_id") REFERENCES "handoff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "staff_account" ADD CONSTRAINT "staff_account_found_by_known" CHECK ("found_by" IN ('settings', 'email', 'command'));
ALTER TABLE "staff_post" ADD CONSTRAINT "staff_post_kind_known" CHECK ("kind" IN ('handoff', 'ticket', 'page', 'said', 'warning', 'digest'));
ALTER TABLE "staff_post" ADD CONSTRAINT "staff_post_status_known" CHECK ("status" IN ('waiting', 'posted', 'refused', 'dropped'));
ALTER TABLE "staff_reply" ADD CONSTRAINT "staff_reply_status_known" CHECK ("status" IN ('held', 'said', 'internal', 'asked', 'refused', 'withdrawn'));
ALTER TABLE "sla_clock" ADD CONSTRAINT "sla_clock_kind_known" CHECK ("kind" IN ('first-response', 'next-response', 'resolution'));
ALTER TABLE "sla_clock" ADD CONSTRAINT "sla_clock_status_known" CHECK ("status" IN ('running', 'paused', 'met', 'missed', 'dropped'));
ALTER TABLE "sla_clock" ADD CONSTRAINT "sla_clock_about_one" CHECK (num_nonnulls("ticket_id", "handoff_id") = 1);
-- What waits to be posted, lane by lane in order.
CREATE INDEX "staff_post_waiting" ON "staff_post" ("lane", "place") WHERE "status" = 'waiting';
-- Cards that may still change.
CREATE INDEX "staff_post_live" ON "staff_post" ("lane") WHERE "status" = 'posted' AND NOT "is_final";
-- What staff wrote that is still to be said.
CREATE INDEX "staff_reply_held" ON "staff_reply" ("due_at") WHERE "status" = 'held';
CREATE UNIQUE INDEX "sla_clock_once_ticket" ON "sla_clock" ("ticket_id", "kind", "ordinal") WHERE "ticket_id" IS NOT NULL;
CREATE UNIQUE INDEX "sla_clock_once_handoff" ON "sla_clock" ("handoff_id", "kind", "ordinal") WHERE "handoff_id" IS NOT NULL;
-- Clocks that run, by when something is due.
CREATE INDEX "sla_clock_running" ON "sla_clock" ("due_at") WHERE "status" IN ('running', 'paused', 'missed') AND "ended_at" IS NULL;
-- Cards of tickets that are over: some are taken up again.
CREATE INDEX "staff_post_over" ON "staff_post" ("ticket_id") WHERE "kind" = 'ticket' AND "is_final";

-- CreateIndex
CREATE INDEX "handoff_conversation_id_idx" ON "handoff"("conversation_id");

-- CreateIndex
CREATE INDEX "handoff_ticket_id_idx" ON "handoff"("ticket_id");
