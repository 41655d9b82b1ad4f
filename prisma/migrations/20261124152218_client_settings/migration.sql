-- AlterTable
ALTER TABLE "clients" ADD COLUMN     "creation_key" BYTEA;

-- CreateTable
CREATE TABLE "client_logos" (
    "client_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_logos_pkey" PRIMARY KEY ("client_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "clients_creation_key_key" ON "clients"("creation_key");

-- AddForeignKey
ALTER TABLE "client_logos" ADD CONSTRAINT "client_logos_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is deleted is few among many: purging and the list of deleted ones find it by this.
CREATE INDEX "clients_deleted_at_idx" ON "clients"("deleted_at") WHERE "deleted_at" IS NOT NULL;
