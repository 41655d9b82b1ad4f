// Owns reading the audit trail: a team's log, and the installation's, with filters, exports of it, and taking a change back (undo/: one entry for each kind of change).
// Recording is lib/audit, inside the verbs.
export type { Change } from './changes.ts'
export type { EventActor, EventDto } from './dto.ts'
export { type ExportFormat, exportEvents } from './export-events.ts'
export { listEvents } from './list-events.ts'
export type { EventFilter } from './schemas.ts'
export { undoEvent } from './undo-event.ts'
