-- A request has one row, so its id is the key: an id of the row's own, which only told rows of one moment apart, cost a fifth of what PostgreSQL has to do
-- for a row and a sixth of what it keeps.
ALTER TABLE "request_logs" DROP CONSTRAINT "request_logs_pkey";
DROP INDEX "request_logs_request_id_idx";
DO $$
BEGIN
  ALTER TABLE "request_logs" ADD CONSTRAINT "request_logs_pkey" PRIMARY KEY ("request_id", "at");
EXCEPTION WHEN unique_violation THEN
  -- Requests of one moment without an id of theirs, which no server of ours writes: one of them stays.
  DELETE FROM "request_logs" a USING "request_logs" b WHERE a."request_id" = b."request_id" AND a."at" = b."at" AND a."id" > b."id";
  ALTER TABLE "request_logs" ADD CONSTRAINT "request_logs_pkey" PRIMARY KEY ("request_id", "at");
END $$;
ALTER TABLE "request_logs" DROP COLUMN "id";

-- Rows lie in the order in which they came, nearly that of their time: a small index of ranges of pages finds those of an hour, for counting anew.
CREATE INDEX "request_logs_at_idx" ON "request_logs" USING brin ("at") WITH (autosummarize = on);
