import { log } from '#lib/log.ts'
import { dropPartition, listPartitions, longestRetention, notePurged, purgePartition, raiseFloors, teamsToPurge } from './retention.sql.ts'

const DAY_MS = 86_400_000

export type PurgedRequests = { deleted: number; dropped: string[] }

/**
 * Deletes what is past its team's retention, and drops the partitions that are past the longest. For a job: may run any number of times, and
 * `signal` stops it anywhere.
 */
export async function purgeRequests({
  now = new Date(),
  signal,
}: {
  now?: Date
  signal?: AbortSignal | undefined
} = {}): Promise<PurgedRequests> {
  const dropped = await dropOld(now)
  await raiseFloors(now)
  const teams = await teamsToPurge()
  if (teams.length === 0) return { deleted: 0, dropped }
  let deleted = 0
  for (const { name, from } of await listPartitions()) {
    // Only those with something of this day between what was purged and what is to be.
    const due = teams.filter(
      ({ complete_from, purged_until }) => from === null || (from < complete_from && (!purged_until || from >= purged_until)),
    )
    if (due.length > 0)
      deleted += await purgePartition(
        name,
        due.map(({ team_id }) => team_id),
        signal,
      )
    if (signal?.aborted) return { deleted, dropped }
  }
  await notePurged(teams)
  return { deleted, dropped }
}

async function dropOld(now: Date): Promise<string[]> {
  const before = Math.floor(now.getTime() / DAY_MS) * DAY_MS - (await longestRetention()) * DAY_MS
  const dropped: string[] = []
  for (const { name, to } of await listPartitions()) {
    if (to === null || to.getTime() > before) continue
    try {
      await dropPartition(name, to)
      dropped.push(name)
    } catch (err) {
      log().warn({ err, partition: name }, 'an old partition could not be dropped now')
    }
  }
  return dropped
}
