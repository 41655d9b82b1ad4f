import type { TeamEventRow } from '../internal.ts'
import { CLIENT_UNDOS } from './clients.ts'
import { SETTING_UNDOS } from './settings.ts'
import { TEAM_UNDOS } from './teams.ts'
import type { Undo } from './undo.ts'

const UNDOS: Record<string, Undo> = { ...CLIENT_UNDOS, ...SETTING_UNDOS, ...TEAM_UNDOS }

/** How to take back what an event tells; null when that cannot be done. To make another kind of change undoable, add it to clients.ts, settings.ts or teams.ts. */
export function undoOf(event: TeamEventRow): Undo | null {
  const undo = Object.hasOwn(UNDOS, event.action) ? UNDOS[event.action] : undefined
  return undo && (undo.possible?.(event) ?? true) ? undo : null
}
