-- CreateTable
CREATE TABLE "device_polls" (
    "id_hash" BYTEA NOT NULL,
    "polled_at" TIMESTAMPTZ(3) NOT NULL,
    "interval_seconds" INTEGER NOT NULL,
    "early" BOOLEAN NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "device_polls_pkey" PRIMARY KEY ("id_hash")
);

-- CreateIndex
CREATE INDEX "device_polls_expires_at_idx" ON "device_polls"("expires_at");
