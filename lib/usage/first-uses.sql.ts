import { pool } from '#lib/db.ts'
import type { FirstUses } from './first-uses.ts'

/** From the rollups, and for log-ins from the consents, which outlive them. Each question stops at its first row. */
export async function readFirstUses(teamId: string, clientId: string): Promise<FirstUses> {
  const hours = (condition: string) =>
    `EXISTS (SELECT 1 FROM usage_hours WHERE team_id = $1 AND client_id = $2 AND decision = 'ok' AND ${condition})`
  const days = (condition: string) => `EXISTS (SELECT 1 FROM usage_source_days WHERE team_id = $1 AND client_id = $2 AND ${condition})`
  const { rows } = await pool().query<FirstUses>({
    name: 'usage_first_uses',
    text: `SELECT ${days('tokens > 0')} OR ${hours("endpoint LIKE 'token%'")} AS token,
      ${days('logins > 0')} OR EXISTS (SELECT 1 FROM consents WHERE client_id = $2 AND last_login_at IS NOT NULL) AS login,
      ${hours("endpoint ~ '^[A-Z]+ '")} AS "apiCall"`,
    values: [teamId, clientId],
  })
  return rows[0] ?? { token: false, login: false, apiCall: false }
}
