import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { listClientDomains, parseDomainChange, type SetDomainInput } from '#lib/domains/index.ts'
import { AppError } from '#lib/errors.ts'
import { flushRequests } from '#lib/requests/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { judge, type Settings } from './judge.ts'
import { observeTraffic, type Traffic } from './traffic.ts'

/** Something that would have been refused, how often. */
export type RefusedShare = { name: string; count: number }

export type RefusedSample = { at: string; method: string; path: string; ip: string | null; code: string; requestId: string }

export type DomainPreview =
  /** There is too much traffic to tell in time. */
  | { known: false }
  | {
      known: true
      /** Since when, ISO 8601: 24 hours, or less where there were too many requests to look at them all. */
      since: string
      complete: boolean
      /** Requests of the domain that were let through and looked at; those that the change refuses, and those it would only note. */
      examined: number
      refused: number
      monitored: number
      codes: RefusedShare[]
      /** Null: the actor may not read the log. */
      details: { addresses: RefusedShare[]; endpoints: RefusedShare[]; samples: RefusedSample[] } | null
    }

const LISTED = 5

/**
 * What a change of a domain would have refused of the last 24 hours, before it is saved. Changes nothing. Requests that the present settings
 * refuse, or that were refused for another reason, do not count. Needs `domains.manage`; whose requests they were is told with `logs.read`.
 * @throws AppError unauthenticated, not_found (also a domain that is not there yet), permission_denied, validation_failed
 */
export async function previewDomainChange({ ctx, input }: { ctx: Ctx; input: SetDomainInput }): Promise<DomainPreview> {
  const { client, permissions } = await authorizeClient(ctx, { clientId: input.clientId, permission: 'domains.manage' })
  const { host, ...change } = parseDomainChange(ctx, input)
  const present = (await listClientDomains(db(), client)).find((domain) => domain.host === host)
  if (!present) throw new AppError('not_found', { message: 'There is no such domain.' })
  const wanted: Settings = {
    active: change.active ?? present.active,
    allowLogin: change.allowLogin ?? present.allowLogin,
    allowApi: change.allowApi ?? present.allowApi,
    mode: change.mode ?? present.mode,
    verified: change.verified ?? present.verified,
    ipAllowlist: change.ipAllowlist ?? present.ipAllowlist,
    ipMonitor: change.ipMonitor ?? present.ipMonitor,
  }
  await flushRequests()
  const observed = await observeTraffic(client, present.id)
  if (!observed) return { known: false }

  const refused: (Traffic & { code: string })[] = []
  let monitored = 0
  for (const request of observed.traffic) {
    const after = judge(request, wanted)
    if (after.monitored) monitored += request.count
    if (after.refused && !judge(request, present).refused) refused.push({ ...request, code: after.refused })
  }
  return {
    known: true,
    since: observed.since.toISOString(),
    complete: observed.complete,
    examined: observed.examined,
    refused: refused.reduce((sum, { count }) => sum + count, 0),
    monitored,
    codes: shares(refused, ({ code }) => code),
    details: permissions.includes('logs.read') ? detailsOf(refused) : null,
  }
}

function detailsOf(refused: (Traffic & { code: string })[]) {
  const latest = refused.toSorted((a, b) => b.last_at.getTime() - a.last_at.getTime()).slice(0, LISTED)
  return {
    addresses: shares(refused, ({ ip }) => ip ?? '–').slice(0, LISTED),
    endpoints: shares(refused, ({ endpoint, method, path }) => endpoint ?? `${method} ${path}`).slice(0, LISTED),
    samples: latest.map(({ last_at, method, path, ip, code, request_id }) => ({
      at: last_at.toISOString(),
      method,
      path,
      ip,
      code,
      requestId: request_id,
    })),
  }
}

function shares<T extends { count: number }>(requests: T[], nameOf: (request: T) => string): RefusedShare[] {
  const counts = new Map<string, number>()
  for (const request of requests) counts.set(nameOf(request), (counts.get(nameOf(request)) ?? 0) + request.count)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
}
