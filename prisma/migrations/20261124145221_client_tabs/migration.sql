-- A rotated secret knows which one it takes over from, so that both can show the countdown.
ALTER TABLE "client_secrets" ADD COLUMN "replaces_id" TEXT;

-- What a person declined is not asked for again while it stays optional.
ALTER TABLE "consents" ADD COLUMN "declined" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- The page of a client's tokens reads its authorizations, newest first, among millions of tokens. Only grants pay for it.
CREATE INDEX "oidc_artifacts_grants" ON "oidc_artifacts"("client_id", "created_at" DESC, "id_hash" DESC) WHERE "kind" = 'Grant';
