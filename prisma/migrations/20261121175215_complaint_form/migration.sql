-- AlterTable
ALTER TABLE "complaint_case" ADD COLUMN     "cause" TEXT,
ADD COLUMN     "form" TEXT NOT NULL DEFAULT 'complaint',
ADD COLUMN     "purchased_on" TEXT;

ALTER TABLE "complaint_case" ADD CONSTRAINT "complaint_form_known" CHECK ("form" IN ('complaint', 'exception-slip'));
ALTER TABLE "complaint_case" ADD CONSTRAINT "complaint_cause_known" CHECK ("cause" IN ('quality', 'non-quality'));
