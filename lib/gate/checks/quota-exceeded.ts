import { peekLiveRequest, takeLiveRequest } from '#lib/limits/index.ts'
import { type CountingCheck, type Outcome, type Proven, passed } from '../check.ts'

/** The plan's live requests per UTC calendar month, for the whole team. Test mode is free; a refused request is not counted. */
export const quotaExceeded: CountingCheck = {
  code: 'quota_exceeded',
  run(proven) {
    return proven.mode === 'live' ? count(proven) : passed
  },
}

async function count({ snapshot, input: { now, dryRun } }: Proven): Promise<Outcome> {
  const quota = snapshot.per_month as number
  const { allowed, msLeft } = await (dryRun ? peekLiveRequest : takeLiveRequest)(snapshot.team_id, quota, now)
  const expected = `at most ${quota} a month`
  if (allowed) return { ok: true, expected }
  const message = `Over the plan’s ${quota} live requests per month.`
  return { ok: false, message, expected, received: 'more', retryAfter: Math.max(1, Math.ceil(msLeft / 1000)) }
}
