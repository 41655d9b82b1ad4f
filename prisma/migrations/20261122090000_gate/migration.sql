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

-- The gate's one read of a request. Functions, so that they are always planned alike: by index even while the tables are small (a plan
-- is kept, and the tables grow), and once a connection instead of once a call.

-- The secret's hash leads to the client, not the other way round: for an unknown client and for a wrong secret PostgreSQL does the
-- same, it looks in one index and finds nothing.
CREATE FUNCTION "gate_by_secret"("clients" text[], "hashes" bytea[], "domains" text[], "hosts" text[], "times" timestamptz[]) RETURNS TABLE (
  "place" bigint,
  "client_id" text, "client_name" text, "team_id" text, "disabled" boolean, "restricted" boolean,
  "plan_name" text, "per_minute" integer, "per_month" integer, "scopes" text[],
  "domain_id" text, "host" text, "active" boolean, "allow_login" boolean, "allow_api" boolean, "domain_mode" "mode",
  "verified" boolean, "ip_allowlist" text[], "ip_monitor" boolean,
  "secret_id" text, "secret_hash" bytea, "secret_mode" "mode", "secret_label" text, "secret_hint" text, "secret_linked" boolean
) LANGUAGE plpgsql STABLE ROWS 1 SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT k.place, c.id AS client_id, c.name AS client_name, c.team_id, c.status <> 'active' AS disabled, c.restricted_at IS NOT NULL AS restricted,
    p.name AS plan_name, coalesce(t.override_per_minute, p.per_minute) AS per_minute, coalesce(t.override_per_month, p.per_month) AS per_month,
    ARRAY(SELECT x.scope_name FROM client_scopes x WHERE x.client_id = c.id ORDER BY x.scope_name) AS scopes, d.id AS domain_id, d.host, coalesce(d.active, false) AS active, coalesce(d.allow_login, false) AS allow_login,
    coalesce(d.allow_api, false) AS allow_api, d.mode AS domain_mode, d.verified_at IS NOT NULL AS verified, d.ip_allowlist,
    coalesce(d.ip_monitor, false) AS ip_monitor,
    s.id AS secret_id, s.hash AS secret_hash, s.mode AS secret_mode, s.label AS secret_label, s.hint AS secret_hint,
    NOT EXISTS (SELECT 1 FROM secret_domains l WHERE l.secret_id = s.id)
      OR EXISTS (SELECT 1 FROM secret_domains l WHERE l.secret_id = s.id AND l.domain_id = d.id) AS secret_linked
  FROM unnest("clients", "hashes", "domains", "hosts", "times") WITH ORDINALITY AS k(client, hash, domain, host, now, place)
  CROSS JOIN LATERAL (
    SELECT * FROM client_secrets s WHERE s.hash = k.hash AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > k.now) OFFSET 0
  ) s
  JOIN clients c ON c.id = s.client_id AND c.id = k.client AND c.deleted_at IS NULL
  JOIN teams t ON t.id = c.team_id
  LEFT JOIN plans p ON p.key = t.plan_key AND (t.plan_ends_at IS NULL OR t.plan_ends_at > k.now)
  LEFT JOIN LATERAL (
    SELECT * FROM domains d WHERE d.client_id = c.id AND (d.host = k.host OR d.id = k.domain) ORDER BY d.host = k.host DESC LIMIT 1
  ) d ON true;
END;
$$;

-- For tokens: the domain by id, else by host, else the primary one.
CREATE FUNCTION "gate_by_client"("clients" text[], "domains" text[], "hosts" text[], "times" timestamptz[]) RETURNS TABLE (
  "place" bigint,
  "client_id" text, "client_name" text, "team_id" text, "disabled" boolean, "restricted" boolean,
  "plan_name" text, "per_minute" integer, "per_month" integer, "scopes" text[],
  "domain_id" text, "host" text, "active" boolean, "allow_login" boolean, "allow_api" boolean, "domain_mode" "mode",
  "verified" boolean, "ip_allowlist" text[], "ip_monitor" boolean,
  "secret_id" text, "secret_hash" bytea, "secret_mode" "mode", "secret_label" text, "secret_hint" text, "secret_linked" boolean
) LANGUAGE plpgsql STABLE ROWS 1 SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT k.place, c.id AS client_id, c.name AS client_name, c.team_id, c.status <> 'active' AS disabled, c.restricted_at IS NOT NULL AS restricted,
    p.name AS plan_name, coalesce(t.override_per_minute, p.per_minute) AS per_minute, coalesce(t.override_per_month, p.per_month) AS per_month,
    ARRAY(SELECT x.scope_name FROM client_scopes x WHERE x.client_id = c.id ORDER BY x.scope_name) AS scopes, d.id AS domain_id, d.host, coalesce(d.active, false) AS active, coalesce(d.allow_login, false) AS allow_login,
    coalesce(d.allow_api, false) AS allow_api, d.mode AS domain_mode, d.verified_at IS NOT NULL AS verified, d.ip_allowlist,
    coalesce(d.ip_monitor, false) AS ip_monitor,
    NULL::text, NULL::bytea, NULL::"mode", NULL::text, NULL::text, true
  FROM unnest("clients", "domains", "hosts", "times") WITH ORDINALITY AS k(client, domain, host, now, place)
  JOIN clients c ON c.id = k.client AND c.deleted_at IS NULL
  JOIN teams t ON t.id = c.team_id
  LEFT JOIN plans p ON p.key = t.plan_key AND (t.plan_ends_at IS NULL OR t.plan_ends_at > k.now)
  LEFT JOIN LATERAL (
    SELECT * FROM domains d
    WHERE d.client_id = c.id AND CASE WHEN k.domain IS NULL AND k.host IS NULL THEN d.is_primary ELSE d.host = k.host OR d.id = k.domain END
    ORDER BY d.host = k.host DESC NULLS LAST LIMIT 1
  ) d ON true;
END;
$$;
