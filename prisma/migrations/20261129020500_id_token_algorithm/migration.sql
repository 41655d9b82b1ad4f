-- What a client's ID tokens are signed with; the algorithms that there are signing keys of.
ALTER TABLE "clients" ADD COLUMN "id_token_signed_response_alg" TEXT NOT NULL DEFAULT 'RS256';
ALTER TABLE "clients" ADD CONSTRAINT "clients_id_token_signed_response_alg_check" CHECK ("id_token_signed_response_alg" IN ('RS256', 'ES256', 'EdDSA'));
