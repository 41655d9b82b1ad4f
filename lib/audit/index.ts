// Owns the audit trail: who changed what, when, from where. Verbs record inside their own transaction; rows are never changed.
export { areasOf, INSTALLATION_ACTIONS, TEAM_ACTIONS } from './actions.ts'
export { type AuditInput, recordAudit } from './record.ts'
