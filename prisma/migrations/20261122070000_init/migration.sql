-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "mode" AS ENUM ('test', 'live');

-- CreateEnum
CREATE TYPE "client_type" AS ENUM ('confidential', 'public');

-- CreateEnum
CREATE TYPE "application_type" AS ENUM ('web', 'spa', 'native');

-- CreateEnum
CREATE TYPE "client_status" AS ENUM ('active', 'disabled');

-- CreateEnum
CREATE TYPE "redirect_uri_kind" AS ENUM ('login', 'logout');

-- CreateEnum
CREATE TYPE "code_purpose" AS ENUM ('verify_email', 'reset_password');

-- CreateEnum
CREATE TYPE "key_state" AS ENUM ('next', 'current', 'previous', 'retired');

-- CreateEnum
CREATE TYPE "actor_type" AS ENUM ('user', 'client', 'system');

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "sub" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified_at" TIMESTAMPTZ(3),
    "name" TEXT NOT NULL,
    "given_name" TEXT,
    "family_name" TEXT,
    "password_hash" TEXT,
    "password_changed_at" TIMESTAMPTZ(3),
    "picture" TEXT,
    "locale" TEXT,
    "theme" TEXT,
    "birthdate" TEXT,
    "gender" TEXT,
    "phone" TEXT,
    "second_email" TEXT,
    "country" TEXT,
    "is_operator" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "last_login_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_accounts" (
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_accounts_pkey" PRIMARY KEY ("provider","provider_account_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_id" TEXT NOT NULL,
    "amr" TEXT[],
    "remember" BOOLEAN NOT NULL DEFAULT false,
    "ip" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "authenticated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailed_codes" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "purpose" "code_purpose" NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "mailed_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mails" (
    "id" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "content" BYTEA,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "kept" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "addresses" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT,
    "company_name" TEXT,
    "firstname" TEXT,
    "lastname" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "tax_nr" TEXT,
    "registration_nr" TEXT,
    "access_code" TEXT,
    "street" TEXT NOT NULL,
    "house_number" TEXT,
    "postal_code" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plans" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "max_clients" INTEGER,
    "max_members" INTEGER,
    "per_minute" INTEGER NOT NULL,
    "per_month" INTEGER NOT NULL,
    "retention_days" INTEGER NOT NULL,
    "by_agreement" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "personal_owner_id" TEXT,
    "plan_key" TEXT,
    "plan_activated_at" TIMESTAMPTZ(3),
    "plan_ends_at" TIMESTAMPTZ(3),
    "override_max_clients" INTEGER,
    "override_max_members" INTEGER,
    "override_per_minute" INTEGER,
    "override_per_month" INTEGER,
    "override_retention_days" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roles" (
    "id" TEXT NOT NULL,
    "team_id" TEXT,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "permissions" TEXT[],
    "system" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "team_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role_id" TEXT NOT NULL,
    "limited_clients" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "member_clients" (
    "team_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,

    CONSTRAINT "member_clients_pkey" PRIMARY KEY ("team_id","user_id","client_id")
);

-- CreateTable
CREATE TABLE "clients" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "created_by_id" TEXT,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "logo_uri" TEXT,
    "type" "client_type" NOT NULL DEFAULT 'confidential',
    "application_type" "application_type" NOT NULL DEFAULT 'web',
    "status" "client_status" NOT NULL DEFAULT 'active',
    "disabled_at" TIMESTAMPTZ(3),
    "restricted_at" TIMESTAMPTZ(3),
    "restricted_reason" TEXT,
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "grant_types" TEXT[],
    "token_endpoint_auth_method" TEXT NOT NULL,
    "jwks" JSONB,
    "jwks_uri" TEXT,
    "access_token_ttl" INTEGER,
    "id_token_ttl" INTEGER,
    "refresh_token_ttl" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "client_secrets" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "mode" "mode" NOT NULL,
    "label" TEXT,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,

    CONSTRAINT "client_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret_domains" (
    "secret_id" TEXT NOT NULL,
    "domain_id" TEXT NOT NULL,

    CONSTRAINT "secret_domains_pkey" PRIMARY KEY ("secret_id","domain_id")
);

-- CreateTable
CREATE TABLE "domains" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "allow_login" BOOLEAN NOT NULL DEFAULT true,
    "allow_api" BOOLEAN NOT NULL DEFAULT true,
    "mode" "mode" NOT NULL DEFAULT 'test',
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "fallback_uri" TEXT,
    "ip_allowlist" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "ip_monitor" BOOLEAN NOT NULL DEFAULT false,
    "verification_token" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "verified_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "domains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redirect_uris" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "domain_id" TEXT,
    "kind" "redirect_uri_kind" NOT NULL DEFAULT 'login',
    "uri" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redirect_uris_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scopes" (
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "scopes_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "client_scopes" (
    "client_id" TEXT NOT NULL,
    "scope_name" TEXT NOT NULL,
    "optional" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "client_scopes_pkey" PRIMARY KEY ("client_id","scope_name")
);

-- CreateTable
CREATE TABLE "test_users" (
    "client_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_users_pkey" PRIMARY KEY ("client_id","email")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "scopes" TEXT[],
    "claims" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_login_at" TIMESTAMPTZ(3),

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oidc_artifacts" (
    "id_hash" BYTEA NOT NULL,
    "kind" TEXT NOT NULL,
    "grant_hash" BYTEA,
    "uid_hash" BYTEA,
    "user_code_hash" BYTEA,
    "account_session_id" TEXT,
    "redirect_uri" TEXT,
    "client_id" TEXT,
    "account_id" TEXT,
    "domain_id" TEXT,
    "mode" "mode",
    "scope" TEXT,
    "payload" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "consumed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "oidc_artifacts_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "kid" TEXT NOT NULL,
    "alg" TEXT NOT NULL,
    "state" "key_state" NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "private_jwk" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "data_keys" (
    "purpose" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_keys_pkey" PRIMARY KEY ("purpose")
);

-- CreateTable
CREATE TABLE "request_logs" (
    "id" TEXT NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "request_id" TEXT NOT NULL,
    "team_id" TEXT,
    "client_id" TEXT,
    "domain_id" TEXT,
    "secret_id" TEXT,
    "account_id" TEXT,
    "mode" "mode",
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "endpoint" TEXT,
    "status" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "host" TEXT,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "checks" JSONB,
    "detail" JSONB,

    CONSTRAINT "request_logs_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "audit_events" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "team_id" TEXT,
    "actor_type" "actor_type" NOT NULL,
    "actor_user_id" TEXT,
    "actor_client_id" TEXT,
    "action" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "ip" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "countries" (
    "id" INTEGER NOT NULL,
    "short_name" TEXT NOT NULL,
    "iso_alpha3" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phonecode" TEXT NOT NULL,
    "is_eu_member" BOOLEAN NOT NULL,
    "capital" TEXT,
    "region" TEXT NOT NULL,
    "timezone" TEXT,
    "currency_code" TEXT,

    CONSTRAINT "countries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_sub_key" ON "users"("sub");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "external_accounts_user_id_idx" ON "external_accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions"("token_hash");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "mailed_codes_user_id_purpose_idx" ON "mailed_codes"("user_id", "purpose");

-- CreateIndex
CREATE INDEX "mailed_codes_expires_at_idx" ON "mailed_codes"("expires_at");

-- CreateIndex
CREATE INDEX "mails_created_at_idx" ON "mails"("created_at");

-- CreateIndex
CREATE INDEX "addresses_user_id_idx" ON "addresses"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_personal_owner_id_key" ON "teams"("personal_owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "roles_team_id_key_key" ON "roles"("team_id", "key");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE INDEX "member_clients_client_id_idx" ON "member_clients"("client_id");

-- CreateIndex
CREATE INDEX "clients_team_id_created_at_idx" ON "clients"("team_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "client_secrets_hash_key" ON "client_secrets"("hash");

-- CreateIndex
CREATE INDEX "client_secrets_client_id_idx" ON "client_secrets"("client_id");

-- CreateIndex
CREATE INDEX "secret_domains_domain_id_idx" ON "secret_domains"("domain_id");

-- CreateIndex
CREATE UNIQUE INDEX "domains_client_id_host_key" ON "domains"("client_id", "host");

-- CreateIndex
CREATE INDEX "redirect_uris_domain_id_idx" ON "redirect_uris"("domain_id");

-- CreateIndex
CREATE UNIQUE INDEX "redirect_uris_client_id_kind_uri_key" ON "redirect_uris"("client_id", "kind", "uri");

-- CreateIndex
CREATE INDEX "consents_client_id_created_at_idx" ON "consents"("client_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "consents_user_id_client_id_key" ON "consents"("user_id", "client_id");

-- CreateIndex
CREATE INDEX "oidc_artifacts_grant_hash_idx" ON "oidc_artifacts"("grant_hash");

-- CreateIndex
CREATE INDEX "oidc_artifacts_account_session_id_idx" ON "oidc_artifacts"("account_session_id");

-- CreateIndex
CREATE INDEX "oidc_artifacts_client_id_account_id_idx" ON "oidc_artifacts"("client_id", "account_id");

-- CreateIndex
CREATE INDEX "oidc_artifacts_expires_at_idx" ON "oidc_artifacts"("expires_at");

-- CreateIndex
CREATE INDEX "signing_keys_state_idx" ON "signing_keys"("state");

-- CreateIndex
CREATE INDEX "request_logs_team_id_at_idx" ON "request_logs"("team_id", "at");

-- CreateIndex
CREATE INDEX "request_logs_client_id_at_idx" ON "request_logs"("client_id", "at");

-- CreateIndex
CREATE INDEX "request_logs_request_id_idx" ON "request_logs"("request_id");

-- CreateIndex
CREATE INDEX "audit_events_team_id_at_idx" ON "audit_events"("team_id", "at");

-- CreateIndex
CREATE INDEX "audit_events_target_type_target_id_at_idx" ON "audit_events"("target_type", "target_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "countries_short_name_key" ON "countries"("short_name");

-- CreateIndex
CREATE UNIQUE INDEX "countries_iso_alpha3_key" ON "countries"("iso_alpha3");

-- CreateIndex
CREATE INDEX "rate_limits_expire_idx" ON "rate_limits"("expire");

-- AddForeignKey
ALTER TABLE "external_accounts" ADD CONSTRAINT "external_accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailed_codes" ADD CONSTRAINT "mailed_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_plan_key_fkey" FOREIGN KEY ("plan_key") REFERENCES "plans"("key") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_personal_owner_id_fkey" FOREIGN KEY ("personal_owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roles" ADD CONSTRAINT "roles_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_clients" ADD CONSTRAINT "member_clients_team_id_user_id_fkey" FOREIGN KEY ("team_id", "user_id") REFERENCES "members"("team_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_clients" ADD CONSTRAINT "member_clients_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clients" ADD CONSTRAINT "clients_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_secrets" ADD CONSTRAINT "client_secrets_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret_domains" ADD CONSTRAINT "secret_domains_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "client_secrets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret_domains" ADD CONSTRAINT "secret_domains_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domains"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "domains" ADD CONSTRAINT "domains_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redirect_uris" ADD CONSTRAINT "redirect_uris_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redirect_uris" ADD CONSTRAINT "redirect_uris_domain_id_fkey" FOREIGN KEY ("domain_id") REFERENCES "domains"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_scopes" ADD CONSTRAINT "client_scopes_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_scopes" ADD CONSTRAINT "client_scopes_scope_name_fkey" FOREIGN KEY ("scope_name") REFERENCES "scopes"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_users" ADD CONSTRAINT "test_users_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Beyond what Prisma's schema can say --------------------------------------------------------------

-- Rows of a day whose partition is missing (a clock that jumped) are kept rather than refused.
CREATE TABLE "request_logs_default" PARTITION OF "request_logs" DEFAULT;

-- Makes the partition of one UTC day; does nothing when it exists.
CREATE FUNCTION "create_request_logs_partition"("day" date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE TABLE IF NOT EXISTS %I PARTITION OF "request_logs" FOR VALUES FROM (%L) TO (%L)',
    'request_logs_' || to_char("day", 'YYYYMMDD'),
    ("day"::timestamp AT TIME ZONE 'UTC'),
    (("day" + 1)::timestamp AT TIME ZONE 'UTC')
  );
END;
$$;

CREATE UNIQUE INDEX "roles_system_key" ON "roles"("key") WHERE "team_id" IS NULL;

CREATE UNIQUE INDEX "domains_one_primary" ON "domains"("client_id") WHERE "is_primary";

CREATE UNIQUE INDEX "oidc_artifacts_uid_hash_key" ON "oidc_artifacts"("uid_hash") WHERE "uid_hash" IS NOT NULL;

CREATE UNIQUE INDEX "oidc_artifacts_user_code_hash_key" ON "oidc_artifacts"("user_code_hash") WHERE "user_code_hash" IS NOT NULL;

CREATE UNIQUE INDEX "signing_keys_one_current" ON "signing_keys"("alg") WHERE "state" = 'current';

CREATE UNIQUE INDEX "signing_keys_one_next" ON "signing_keys"("alg") WHERE "state" = 'next';

ALTER TABLE "users"
  ADD CONSTRAINT "users_email_lower" CHECK ("email" = lower("email")),
  ADD CONSTRAINT "users_sub_decimal" CHECK ("sub" ~ '^[1-9][0-9]{0,15}$');

ALTER TABLE "domains" ADD CONSTRAINT "domains_host_lower" CHECK ("host" = lower("host"));

ALTER TABLE "mails" ADD CONSTRAINT "mails_sent_is_empty" CHECK ("sent_at" IS NULL OR "content" IS NULL);
