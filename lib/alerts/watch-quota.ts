import { transaction } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { mailTeam } from './mail-team.ts'
import { findDueQuotas, insertQuotaAlert } from './quota.sql.ts'

const BATCH = 500

/**
 * Raises an alert on each team that has used 80 or 100 % of the requests of this UTC month, and mails its owners. For a job, every few minutes. Each
 * is raised once a month and limit, however often this runs and in how many processes.
 */
export async function watchQuota(now = new Date()): Promise<void> {
  const month = `${now.toISOString().slice(0, 7)}-01`
  for (;;) {
    const due = await findDueQuotas(month, now, BATCH)
    let raised = 0
    for (const quota of due) {
      raised += await transaction(async (tx) => {
        if (!(await insertQuotaAlert(tx, quota, now))) return 0
        const { team_id: teamId, kind, used, quota: limit } = quota
        const url = `${env().PUBLIC_URL}/plan?${new URLSearchParams({ team: teamId })}`
        await mailTeam(tx, teamId, { kind, url, used: Number(used), limit })
        return 1
      })
    }
    if (due.length < BATCH || raised === 0) return
  }
}
