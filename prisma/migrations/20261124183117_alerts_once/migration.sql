-- Each event raises one alert, whichever process notices it and however often it looks. What goes on for a while keeps the UTC day as its
-- event; and a team may have alerts of its own.
ALTER TABLE "alerts" ALTER COLUMN "day" TYPE TEXT USING to_char("day", 'YYYY-MM-DD');
ALTER TABLE "alerts" RENAME COLUMN "day" TO "event";
ALTER INDEX "alerts_client_id_kind_day_key" RENAME TO "alerts_client_id_kind_event_key";
ALTER TABLE "alerts" ALTER COLUMN "client_id" DROP NOT NULL;
ALTER TABLE "alerts" ADD COLUMN "team_id" TEXT;
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_about_one" CHECK (num_nonnulls("client_id", "team_id") = 1);
CREATE UNIQUE INDEX "alerts_team_id_kind_event_key" ON "alerts"("team_id", "kind", "event");

-- Which secrets a browser had: so far only the evidence of alerts tells.
ALTER TABLE "client_secrets" ADD COLUMN "browser_seen_at" TIMESTAMPTZ(3);
UPDATE "client_secrets" s SET "browser_seen_at" = a."last_at"
FROM (
  SELECT e ->> 'secret_id' AS "secret_id", max("last_at") AS "last_at"
  FROM "alerts", jsonb_array_elements("evidence") e WHERE "kind" = 'secret_in_browser' GROUP BY 1
) a WHERE a."secret_id" = s."id";

-- The watch for quotas asks every team's present month. The column never changes, so that counting up still touches no index.
CREATE INDEX "monthly_usage_month_idx" ON "monthly_usage"("month");

-- One hour of everybody's clients (the watch for errors), the last day of the installation, and pruning read by time alone. In order of
-- client, so that an hour needs no sort. It takes the place of the BRIN index: for one hour the planner left that alone and looked into the index of
-- every team.
CREATE INDEX "usage_source_hours_at_client_id_idx" ON "usage_source_hours" ("at", "client_id");
DROP INDEX "usage_source_hours_at_brin";
