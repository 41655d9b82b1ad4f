-- The installation's audit log: events of no team, without what people do with their own account, of which there may be very much (every log-in is one).
CREATE INDEX "audit_events_installation_idx" ON "audit_events"("at" DESC, "id" DESC)
  WHERE "team_id" IS NULL AND ("action" !~ '^(address|consent|session|user)[.]' OR ("after" ->> 'operator') = 'true');
