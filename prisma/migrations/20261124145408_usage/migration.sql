-- Rollups of the request log. Prisma's schema does not name them: a trigger fills them, lib/usage reads them with SQL.

-- What each rollup counts besides its keys: requests, and how many of them took how long (buckets of request_latency_bucket).
CREATE TABLE "usage_measures" (
  "requests" integer NOT NULL,
  "l01" integer NOT NULL, "l02" integer NOT NULL, "l03" integer NOT NULL, "l04" integer NOT NULL,
  "l05" integer NOT NULL, "l06" integer NOT NULL, "l07" integer NOT NULL, "l08" integer NOT NULL,
  "l09" integer NOT NULL, "l10" integer NOT NULL, "l11" integer NOT NULL, "l12" integer NOT NULL,
  "l13" integer NOT NULL, "l14" integer NOT NULL, "l15" integer NOT NULL, "l16" integer NOT NULL
);

-- Milliseconds to the number of a bucket, 1 to 16. The bounds are those of lib/usage/latency.ts.
CREATE FUNCTION "request_latency_bucket"("ms" double precision) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT width_bucket("ms", ARRAY[1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 200, 400, 800, 2000, 5000]::double precision[]) + 1
$$;

-- Full detail, a client at a time. An empty text stands for "none", as keys need a value; rows that nobody proven caused have no
-- client either, since that is only a claim.
CREATE TABLE "usage_minutes" (
  "team_id" text NOT NULL,
  "client_id" text NOT NULL,
  "at" timestamptz(0) NOT NULL,
  "domain_id" text NOT NULL,
  "endpoint" text NOT NULL,
  "mode" text NOT NULL,
  "status_class" smallint NOT NULL,
  "decision" text NOT NULL,
  LIKE "usage_measures",
  PRIMARY KEY ("team_id", "client_id", "at", "domain_id", "endpoint", "mode", "status_class", "decision")
);

CREATE TABLE "usage_hours" (LIKE "usage_minutes" INCLUDING INDEXES);

-- For lists and lines of clients and domains: a team of a thousand clients reads one row for each, not one for each kind of request.
CREATE TABLE "usage_source_hours" (
  "team_id" text NOT NULL,
  "client_id" text NOT NULL,
  "at" timestamptz(0) NOT NULL,
  "domain_id" text NOT NULL,
  "failed" integer NOT NULL,
  "refused" integer NOT NULL,
  "logins" integer NOT NULL,
  "tokens" integer NOT NULL,
  LIKE "usage_measures",
  PRIMARY KEY ("team_id", "client_id", "at", "domain_id")
);
CREATE INDEX "usage_source_hours_team_id_at_idx" ON "usage_source_hours" ("team_id", "at");

CREATE TABLE "usage_source_days" (LIKE "usage_source_hours" INCLUDING INDEXES);

-- For the whole of a team: what kinds of requests, whoever's.
CREATE TABLE "usage_kind_hours" (
  "team_id" text NOT NULL,
  "at" timestamptz(0) NOT NULL,
  "endpoint" text NOT NULL,
  "mode" text NOT NULL,
  "status_class" smallint NOT NULL,
  "decision" text NOT NULL,
  LIKE "usage_measures",
  PRIMARY KEY ("team_id", "at", "endpoint", "mode", "status_class", "decision")
);

CREATE TABLE "usage_kind_days" (LIKE "usage_kind_hours" INCLUDING INDEXES);

-- Which people were active; kept for weeks only.
CREATE TABLE "usage_user_hours" (
  "team_id" text NOT NULL,
  "client_id" text NOT NULL,
  "at" timestamptz(0) NOT NULL,
  "sub" bigint NOT NULL,
  PRIMARY KEY ("team_id", "client_id", "at", "sub")
);
CREATE INDEX "usage_user_hours_team_id_at_sub_idx" ON "usage_user_hours" ("team_id", "at", "sub");

CREATE TABLE "usage_user_days" (LIKE "usage_user_hours" INCLUDING INDEXES);

DROP TABLE "usage_measures";

-- How far back the raw rows of a team are complete: what is before was deleted, so nothing may be counted anew from it. The row of the
-- team '*' is about everybody: partitions that were dropped.
CREATE TABLE "request_log_floors" (
  "team_id" text PRIMARY KEY,
  "complete_from" timestamptz(0) NOT NULL,
  "purged_until" timestamptz(0)
);

-- Deleting what is past its time reads by time alone; BRIN costs the writes nothing.
DO $$
DECLARE
  "name" text;
BEGIN
  FOREACH "name" IN ARRAY ARRAY['minutes', 'hours', 'source_hours', 'source_days', 'kind_hours', 'kind_days', 'user_hours', 'user_days'] LOOP
    EXECUTE format('CREATE INDEX %I ON %I USING brin ("at")', 'usage_' || "name" || '_at_brin', 'usage_' || "name");
    -- Room on each page: counting up then touches no index.
    EXECUTE format('ALTER TABLE %I SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.1)', 'usage_' || "name");
  END LOOP;
END;
$$;

-- The trigger function. One statement: counts the rows that were really inserted (a repeated flush inserts none) into every rollup, in the
-- same transaction. Keys are sorted, so that two processes that count the same keys never wait for each other in a circle.
DO $migration$
DECLARE
  "measures" text[] := ARRAY['requests'] || ARRAY(SELECT format('l%s', lpad(n::text, 2, '0')) FROM generate_series(1, 16) n);
  "counts" text;
  "names" text;
  "sums" text;
  "adds" text;
  "upsert" text := 'INSERT INTO %1$I AS t (%2$s) SELECT %3$s FROM detail %4$s ON CONFLICT ON CONSTRAINT %5$I DO UPDATE SET %6$s';
  "detail_keys" text := 'team_id, client_id, domain_id, endpoint, mode, status_class, decision';
  "source_adds" text := 'failed = t.failed + excluded.failed, refused = t.refused + excluded.refused, logins = t.logins + excluded.logins, tokens = t.tokens + excluded.tokens';
  "source_sums" text := 'sum(CASE WHEN failed THEN requests ELSE 0 END)::int, sum(CASE WHEN refused THEN requests ELSE 0 END)::int, sum(CASE WHEN login THEN requests ELSE 0 END)::int, sum(CASE WHEN token THEN requests ELSE 0 END)::int';
  "steps" text[] := '{}';
  "grain" text;
BEGIN
  SELECT string_agg(m, ', '), string_agg(format('sum(%s)::int', m), ', '), string_agg(format('%1$s = t.%1$s + excluded.%1$s', m), ', ')
    INTO "names", "sums", "adds" FROM unnest("measures") m;
  SELECT string_agg(format('count(*) FILTER (WHERE bucket = %s)::int AS l%s', n, lpad(n::text, 2, '0')), ', ') INTO "counts" FROM generate_series(1, 16) n;

  "steps" := "steps" || format('minutes AS (' || "upsert" || ')',
    'usage_minutes', "detail_keys" || ', at, ' || "names", "detail_keys" || ', at, ' || "names",
    'ORDER BY ' || "detail_keys" || ', at', 'usage_minutes_pkey', "adds");
  "steps" := "steps" || format('hours AS (' || "upsert" || ')',
    'usage_hours', "detail_keys" || ', at, ' || "names", "detail_keys" || ', hour, ' || "sums",
    'GROUP BY ' || "detail_keys" || ', hour ORDER BY ' || "detail_keys" || ', hour', 'usage_hours_pkey', "adds");
  FOREACH "grain" IN ARRAY ARRAY['hour', 'day'] LOOP
    "steps" := "steps" || format('source_' || "grain" || 's AS (' || "upsert" || ')',
      'usage_source_' || "grain" || 's', 'team_id, client_id, domain_id, at, failed, refused, logins, tokens, ' || "names",
      'team_id, client_id, domain_id, ' || "grain" || ', ' || "source_sums" || ', ' || "sums",
      'GROUP BY team_id, client_id, domain_id, ' || "grain" || ' ORDER BY team_id, client_id, domain_id, ' || "grain",
      'usage_source_' || "grain" || 's_pkey', "source_adds" || ', ' || "adds");
    "steps" := "steps" || format('kind_' || "grain" || 's AS (' || "upsert" || ')',
      'usage_kind_' || "grain" || 's', 'team_id, endpoint, mode, status_class, decision, at, ' || "names",
      'team_id, endpoint, mode, status_class, decision, ' || "grain" || ', ' || "sums",
      'GROUP BY team_id, endpoint, mode, status_class, decision, ' || "grain" || ' ORDER BY team_id, endpoint, mode, status_class, decision, ' || "grain",
      'usage_kind_' || "grain" || 's_pkey', "adds");
    "steps" := "steps" || format(
      'user_%1$ss AS (INSERT INTO usage_user_%1$ss (team_id, client_id, at, sub) SELECT DISTINCT team_id, client_id, %1$s, sub FROM people ORDER BY team_id, client_id, %1$s, sub ON CONFLICT DO NOTHING)',
      "grain");
  END LOOP;

  EXECUTE format($function$
CREATE FUNCTION roll_up_requests() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  WITH rows AS MATERIALIZED (
    SELECT coalesce(team_id, '') AS team_id,
      CASE WHEN team_id IS NULL THEN '' ELSE coalesce(client_id, '') END AS client_id,
      CASE WHEN team_id IS NULL THEN '' ELSE coalesce(domain_id, '') END AS domain_id,
      left(coalesce(endpoint, ''), 80) AS endpoint, coalesce(mode::text, '') AS mode, (status / 100)::smallint AS status_class,
      left(decision, 60) AS decision, date_trunc('minute', at) AS at, request_latency_bucket(duration_ms) AS bucket,
      CASE WHEN team_id IS NOT NULL AND decision = 'ok' AND account_id ~ '^[0-9]{1,16}$' THEN account_id::bigint END AS sub
    FROM inserted
  ), detail AS MATERIALIZED (
    SELECT %1$s, at, date_trunc('hour', at, 'UTC') AS hour, date_trunc('day', at, 'UTC') AS day,
      decision <> 'ok' OR status_class >= 4 AS failed,
      decision <> 'ok' AND status_class < 5 AS refused,
      decision = 'ok' AND endpoint IN ('login', 'POST sign-token-verify') AS login,
      decision = 'ok' AND endpoint LIKE 'token:%%' AS token,
      count(*)::int AS requests, %2$s
    FROM rows GROUP BY %1$s, at
  ), people AS MATERIALIZED (
    SELECT DISTINCT team_id, client_id, sub, date_trunc('hour', at, 'UTC') AS hour, date_trunc('day', at, 'UTC') AS day FROM rows WHERE sub IS NOT NULL
  ), %3$s
  INSERT INTO usage_user_days (team_id, client_id, at, sub)
  SELECT DISTINCT team_id, client_id, day, sub FROM people ORDER BY team_id, client_id, day, sub ON CONFLICT DO NOTHING;
  RETURN NULL;
END;
$body$ $function$, "detail_keys", "counts", array_to_string(("steps")[1:array_length("steps", 1) - 1], ', '));
END;
$migration$;

CREATE TRIGGER "request_logs_roll_up" AFTER INSERT ON "request_logs" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_requests();

-- Makes the partition of one UTC day, with the rows that came before it did and wait in the default one; does nothing when it exists.
-- Attaching, not creating in place: requests go on meanwhile.
CREATE OR REPLACE FUNCTION "create_request_logs_partition"("day" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  "name" text := 'request_logs_' || to_char("day", 'YYYYMMDD');
  "first" timestamptz := "day"::timestamp AT TIME ZONE 'UTC';
  "next" timestamptz := ("day" + 1)::timestamp AT TIME ZONE 'UTC';
BEGIN
  IF to_regclass(format('%I', "name")) IS NOT NULL THEN RETURN; END IF;
  -- One at a time, and nobody adds rows of the day to the default partition in between.
  LOCK TABLE "request_logs_default" IN ACCESS EXCLUSIVE MODE;
  IF to_regclass(format('%I', "name")) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE "request_logs" INCLUDING DEFAULTS INCLUDING STORAGE)', "name");
  EXECUTE format('WITH moved AS (DELETE FROM "request_logs_default" WHERE "at" >= $1 AND "at" < $2 RETURNING *) INSERT INTO %I SELECT * FROM moved', "name")
    USING "first", "next";
  EXECUTE format('ALTER TABLE "request_logs" ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', "name", "first", "next");
END;
$$;

-- Rows from before the rollups: counted once, now.
CREATE TEMP TABLE "usage_replay" (LIKE "request_logs") ON COMMIT DROP;
CREATE TRIGGER "usage_replay_roll_up" AFTER INSERT ON "usage_replay" REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_requests();
INSERT INTO "usage_replay" SELECT * FROM "request_logs";
