-- CreateEnum
CREATE TYPE "invitation_state" AS ENUM ('open', 'accepted', 'declined', 'revoked');

-- AlterTable
ALTER TABLE "roles" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "client_id" TEXT;

-- CreateTable
CREATE TABLE "invitations" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role_id" TEXT NOT NULL,
    "limited_clients" BOOLEAN NOT NULL DEFAULT false,
    "client_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "token_hash" BYTEA NOT NULL,
    "mailed" BOOLEAN NOT NULL,
    "state" "invitation_state" NOT NULL DEFAULT 'open',
    "invited_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_count" INTEGER NOT NULL DEFAULT 1,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_requests" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "plan_key" TEXT NOT NULL,
    "requested_by_id" TEXT,
    "message" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_team_id_state_created_at_idx" ON "invitations"("team_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "invitations_role_id_idx" ON "invitations"("role_id");

-- CreateIndex
CREATE INDEX "invitations_invited_by_id_idx" ON "invitations"("invited_by_id");

-- CreateIndex
CREATE INDEX "invitations_expires_at_idx" ON "invitations"("expires_at");

-- CreateIndex
CREATE INDEX "plan_requests_team_id_created_at_idx" ON "plan_requests"("team_id", "created_at");

-- CreateIndex
CREATE INDEX "plan_requests_closed_at_created_at_idx" ON "plan_requests"("closed_at", "created_at");

-- CreateIndex
CREATE INDEX "audit_events_client_id_at_idx" ON "audit_events"("client_id", "at");

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_requests" ADD CONSTRAINT "plan_requests_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One open invitation for an address in a team, however many ask at once.
CREATE UNIQUE INDEX "invitations_open_key" ON "invitations"("team_id", "email") WHERE "state" = 'open';

-- One open request for a plan in a team.
CREATE UNIQUE INDEX "plan_requests_open_key" ON "plan_requests"("team_id") WHERE "closed_at" IS NULL;

-- Which client the events until now are about.
UPDATE "audit_events" SET "client_id" = COALESCE(
    CASE WHEN "target_type" = 'client' THEN "target_id" END,
    "after" ->> 'client',
    "before" ->> 'client',
    (SELECT "d"."client_id" FROM "domains" "d" WHERE "d"."id" = "target_id" AND "target_type" = 'domain')
);

-- A team's audit log: what people allowed its clients is theirs, and there may be very much of it.
CREATE INDEX "audit_events_log_idx" ON "audit_events"("team_id", "at" DESC, "id" DESC) WHERE "action" NOT LIKE 'consent.%';
