import { type Db, transaction } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import type { SecretAlertKind } from './kinds.ts'
import { mailTeam } from './mail-team.ts'
import { type DueSecret, findDueSecrets, insertSecretAlerts } from './secrets.sql.ts'

const BATCH = 1000
/** Named in a mail; the page has all of them. */
const NAMED = 10

/** Where the page of the team's credentials shows the ones that an alert is about. */
const FINDINGS: Record<SecretAlertKind, string> = {
  secret_expires_in_30_days: 'expires_soon',
  secret_expires_in_7_days: 'expires_soon',
  secret_expires_in_1_day: 'expires_soon',
  secret_unused: 'unused',
}

/**
 * Raises an alert for each secret that ends in 30, 7 or 1 days, or that nothing has used for 90, and mails the owners of its team: one mail for
 * all that came to the same time together. For a job, every hour. Each event is raised once, however often this runs and in how many processes.
 * `signal` stops it between teams.
 */
export async function watchSecrets({ now = new Date(), signal }: { now?: Date; signal?: AbortSignal | undefined } = {}): Promise<void> {
  for (;;) {
    const due = await findDueSecrets(now, BATCH)
    let raised = 0
    for (const group of groupsOf(due)) {
      if (signal?.aborted) return
      raised += await transaction((tx) => raise(tx, group, now))
    }
    // Nothing new in a full batch: another process is at the same work.
    if (due.length < BATCH || raised === 0) return
  }
}

/** Those of one team and kind together; they come sorted so. */
function groupsOf(due: DueSecret[]): DueSecret[][] {
  return [...Map.groupBy(due, ({ team_id, kind }) => `${team_id} ${kind}`).values()]
}

/** How many of a group's events were new. */
async function raise(tx: Db, group: DueSecret[], now: Date): Promise<number> {
  const [any] = group
  if (!any) return 0
  const { team_id: teamId, kind } = any
  const at = now.toISOString()
  const events = group.map((secret) => ({
    ...secret,
    evidence: {
      at,
      secret_id: secret.id,
      mode: secret.mode,
      expires_at: secret.expires_at?.toISOString() ?? null,
      last_used_at: secret.last_used_at?.toISOString() ?? null,
    },
  }))
  const fresh = await insertSecretAlerts(tx, teamId, events, now)
  if (fresh.length === 0) return 0
  const named = fresh.slice(0, NAMED).map(({ client_name, hint, label }) => `${client_name} …${hint}${label ? ` (${label})` : ''}`)
  const more = fresh.length > NAMED ? [`+ ${fresh.length - NAMED}`] : []
  const url = `${env().PUBLIC_URL}/team/credentials?${new URLSearchParams({ team: teamId, finding: FINDINGS[kind] })}`
  await mailTeam(tx, teamId, { kind, url, details: [...named, ...more].join(', ') })
  return fresh.length
}
