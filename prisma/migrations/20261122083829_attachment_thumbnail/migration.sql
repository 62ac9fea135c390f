-- AlterTable
ALTER TABLE "attachment" ADD COLUMN     "thumbnail_sealed" BYTEA,
ADD COLUMN     "thumbnail_size" INTEGER;

-- What Prisma can't express: a thumbnail is there whole, or not at all.
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_thumbnail_whole" CHECK (("thumbnail_sealed" IS NULL) = ("thumbnail_size" IS NULL));
