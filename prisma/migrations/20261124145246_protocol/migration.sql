-- AlterTable
ALTER TABLE "plans" ADD COLUMN     "max_refresh_days" INTEGER NOT NULL DEFAULT 90;

-- AlterTable
ALTER TABLE "clients" ADD COLUMN     "backchannel_logout_uri" TEXT,
ADD COLUMN     "refresh_reuse_leeway" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refresh_token_cap" INTEGER,
ADD COLUMN     "require_dpop" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "require_par" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "require_signed_request" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "rotate_refresh_tokens" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "session_ttl" INTEGER;

-- AlterTable
ALTER TABLE "consents" ADD COLUMN     "resource_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "introspection_partners" (
    "client_id" TEXT NOT NULL,
    "partner_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "introspection_partners_pkey" PRIMARY KEY ("client_id","partner_id")
);

-- CreateTable
CREATE TABLE "token_exchange_pairs" (
    "client_id" TEXT NOT NULL,
    "subject_client_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_exchange_pairs_pkey" PRIMARY KEY ("client_id","subject_client_id")
);

-- CreateTable
CREATE TABLE "logout_sessions" (
    "sid" TEXT NOT NULL,
    "account_session_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "sub" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "logout_sessions_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "logout_deliveries" (
    "id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "sub" TEXT NOT NULL,
    "sid" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),
    "given_up_at" TIMESTAMPTZ(3),

    CONSTRAINT "logout_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resource_servers" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "token_format" TEXT NOT NULL DEFAULT 'opaque',
    "access_token_ttl" INTEGER NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resource_servers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration_tokens" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "label" TEXT,
    "max_uses" INTEGER NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "registration_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "introspection_partners_partner_id_idx" ON "introspection_partners"("partner_id");

-- CreateIndex
CREATE INDEX "token_exchange_pairs_subject_client_id_idx" ON "token_exchange_pairs"("subject_client_id");

-- CreateIndex
CREATE INDEX "logout_sessions_account_session_id_idx" ON "logout_sessions"("account_session_id");

-- CreateIndex
CREATE INDEX "logout_sessions_created_at_idx" ON "logout_sessions"("created_at");

-- CreateIndex
CREATE INDEX "logout_deliveries_created_at_idx" ON "logout_deliveries"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "logout_deliveries_client_id_sid_key" ON "logout_deliveries"("client_id", "sid");

-- CreateIndex
CREATE UNIQUE INDEX "resource_servers_identifier_key" ON "resource_servers"("identifier");

-- CreateIndex
CREATE INDEX "resource_servers_team_id_created_at_idx" ON "resource_servers"("team_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "registration_tokens_token_hash_key" ON "registration_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "registration_tokens_team_id_created_at_idx" ON "registration_tokens"("team_id", "created_at");

-- AddForeignKey
ALTER TABLE "introspection_partners" ADD CONSTRAINT "introspection_partners_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "introspection_partners" ADD CONSTRAINT "introspection_partners_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_exchange_pairs" ADD CONSTRAINT "token_exchange_pairs_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_exchange_pairs" ADD CONSTRAINT "token_exchange_pairs_subject_client_id_fkey" FOREIGN KEY ("subject_client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "logout_sessions" ADD CONSTRAINT "logout_sessions_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "logout_deliveries" ADD CONSTRAINT "logout_deliveries_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "clients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resource_servers" ADD CONSTRAINT "resource_servers_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration_tokens" ADD CONSTRAINT "registration_tokens_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- The plans as shipped that are not the free one.
UPDATE "plans" SET "max_refresh_days" = 365 WHERE "key" <> 'free';
