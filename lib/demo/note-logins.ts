import { db } from '#lib/db.ts'
import type { DemoClient } from './clients.ts'

/**
 * Lets the people of the demo have logged in when the log says that they did, and have allowed the client before. Those whom the log does not know
 * never came back.
 */
export async function noteDemoLogins(clients: readonly DemoClient[]): Promise<void> {
  const ids = clients.map(({ id }) => id)
  await db().$executeRaw`
    UPDATE consents SET last_login_at = log.last, created_at = least(consents.created_at, log.first)
    FROM (SELECT client_id, account_id, max(at) AS last, min(at) AS first FROM request_logs
      WHERE client_id = ANY(${ids}) AND endpoint = 'login' AND decision = 'ok' AND account_id IS NOT NULL GROUP BY client_id, account_id) log
    JOIN users ON users.sub = log.account_id
    WHERE consents.client_id = log.client_id AND consents.user_id = users.id`
}
