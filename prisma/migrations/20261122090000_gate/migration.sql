-- AlterTable
ALTER TABLE "clients" ADD COLUMN "restricted_by_operator" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE UNLOGGED TABLE "rate_windows" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" BIGINT NOT NULL,

    CONSTRAINT "rate_windows_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "monthly_usage" (
    "team_id" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "requests" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "monthly_usage_pkey" PRIMARY KEY ("team_id","month")
);

-- CreateTable
CREATE TABLE "client_rates" (
    "client_id" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(0) NOT NULL,
    "requests" INTEGER NOT NULL,

    CONSTRAINT "client_rates_pkey" PRIMARY KEY ("client_id","slot")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "evidence" JSONB NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rate_windows_expire_idx" ON "rate_windows"("expire");

-- CreateIndex
CREATE INDEX "client_rates_slot_idx" ON "client_rates"("slot");

-- CreateIndex
CREATE INDEX "alerts_client_id_last_at_idx" ON "alerts"("client_id", "last_at");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_client_id_kind_day_key" ON "alerts"("client_id", "kind", "day");

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Beyond what Prisma's schema can say --------------------------------------------------------------

-- Rows that change with every request: room on their page keeps a change from touching the indexes.
ALTER TABLE "rate_windows" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE "monthly_usage" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- Takes up to "asked" requests out of a team's month and says how many it got: never more than what is left of "quota", over all
-- processes, and nothing for those that are refused. The commit does not wait for the disk: a crash of the database may forget
-- the last half second of counting.
CREATE FUNCTION "take_live_requests"("team" text, "in_month" date, "asked" integer, "quota" bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  "used" bigint;
  "granted" integer;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  LOOP
    SELECT "requests" INTO "used" FROM "monthly_usage" WHERE "team_id" = "team" AND "month" = "in_month" FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO "monthly_usage" ("team_id", "month") VALUES ("team", "in_month") ON CONFLICT DO NOTHING;
  END LOOP;
  "granted" := least("asked", greatest("quota" - "used", 0));
  IF "granted" > 0 THEN
    UPDATE "monthly_usage" SET "requests" = "requests" + "granted" WHERE "team_id" = "team" AND "month" = "in_month";
  END IF;
  RETURN "granted";
END;
$$;
