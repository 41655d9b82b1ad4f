-- What a page of the list of clients is read from, in the two orders that clients themselves have.
CREATE INDEX "clients_listed_by_age" ON "clients"("team_id", "created_at", "id" COLLATE "C") WHERE "deleted_at" IS NULL;
CREATE INDEX "clients_listed_by_name" ON "clients"("team_id", (lower("name") COLLATE "C"), "id" COLLATE "C") WHERE "deleted_at" IS NULL;
