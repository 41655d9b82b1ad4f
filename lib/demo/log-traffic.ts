import { flushAlerts } from '#lib/alerts/index.ts'
import { flushSecretUses } from '#lib/clients/index.ts'
import { checkGate, type GateResult } from '#lib/gate/index.ts'
import { newRequestId } from '#lib/ids.ts'
import { startLimits, takeLiveRequest } from '#lib/limits/index.ts'
import { createPartitions, flushRequests, type RequestRow, recordRequest } from '#lib/requests/index.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { type DemoClient, endDemoClients } from './clients.ts'
import { noteDemoLogins } from './note-logins.ts'
import type { DemoPerson } from './people.ts'
import type { Kind } from './profiles.ts'
import { randomStream } from './random.ts'
import { requestsOfHour } from './rhythm.ts'

const DAYS = 30
const HOUR_MS = 3_600_000
/** Well under what the log's buffer holds. */
const CHUNK = 4_000
const PER_MONTH = 2_000_000

type Traffic = { clients: DemoClient[]; people: DemoPerson[]; teamId: string; days?: number }
type Result = { kind: Kind; verdict: GateResult | null }

/**
 * Writes `days` of requests through the request log's own writer, oldest first. What the gate says in a row, the gate said: each kind of
 * request is asked of it once, with the client's real credentials.
 */
export async function logTraffic({ clients, people, teamId, days = DAYS }: Traffic, progress: (done: number) => void): Promise<number> {
  await startLimits()
  await createPartitions({ daysBack: days })
  const random = randomStream(20_261_124)
  const results = new Map<string, Result[]>()
  for (const client of clients) results.set(client.id, await Promise.all(client.profile.kinds.map((kind) => resultOf(client, kind))))

  const now = Date.now()
  const day = 24 * HOUR_MS
  const first = Math.floor(now / day) * day - (days - 1) * day
  let [rows, waiting] = [0, 0]
  for (let hour = first; hour < now; hour += HOUR_MS) {
    for (const client of clients) {
      const many = requestsOfHour(client.profile, new Date(hour), now, random)
      const moments = Array.from({ length: many }, () => hour + random() * HOUR_MS).filter((at) => at < now)
      for (const at of moments.sort((a, b) => a - b)) {
        const row = rowOf(client, pick(results.get(client.id) as Result[], random), people, new Date(at), random)
        recordRequest(row)
        if (row.mode === 'live' && row.decision === 'ok' && row.checks) void takeLiveRequest(teamId, PER_MONTH, row.at).catch(() => {})
        rows++
        waiting++
      }
    }
    if (waiting < CHUNK) continue
    await flushRequests()
    progress(rows)
    waiting = 0
  }
  await flushRequests()
  // The last one is counted after all before it.
  await takeLiveRequest(teamId, PER_MONTH, new Date(now))
  await Promise.all([flushSecretUses(), flushAlerts(), noteDemoLogins(clients)])
  await endDemoClients(clients)
  return rows
}

/** What the gate says to this kind of request. */
async function resultOf(client: DemoClient, kind: Kind): Promise<Result> {
  if (!kind.gate) return { kind, verdict: null }
  const { use, trouble } = kind.gate
  const secret = trouble === 'secret' ? generateClientSecret(client.mode) : (client.secret ?? '')
  const host = trouble === 'domain' ? 'www.northwind.example' : client.host
  const headers = ['X-Client-Id', client.id, 'X-Client-Secret', secret, 'X-Client-Domain', host]
  if (trouble === 'browser') headers.push('Origin', `https://${client.host}`)
  const ip = trouble === 'ip' ? '192.0.2.44' : addressOf(client)
  return { kind, verdict: await checkGate({ headers, ip, secure: true, now: new Date(), use }) }
}

function addressOf({ profile }: DemoClient): string {
  return profile.ips ? (profile.ips[0] as string).replace(/\d+\/\d+$/, '9') : '198.51.100.20'
}

function pick(results: Result[], random: () => number): Result {
  let left = random() * results.reduce((sum, { kind }) => sum + kind.weight, 0)
  for (const result of results) {
    left -= result.kind.weight
    if (left < 0) return result
  }
  return results.at(-1) as Result
}

function rowOf(client: DemoClient, { kind, verdict }: Result, people: DemoPerson[], at: Date, random: () => number): RequestRow {
  const person = kind.person ? people[Math.floor(people.length * random() ** 2)] : undefined
  const refused = verdict && !verdict.ok ? verdict : null
  const ids = refused ? refused.client : null
  const proven = !refused || (ids?.teamId ?? null) !== null
  return {
    requestId: newRequestId(),
    at,
    teamId: proven ? teamOf(verdict, client) : null,
    clientId: client.id,
    domainId: refused ? (ids?.domainId ?? null) : client.domainId,
    secretId: verdict?.ok ? (verdict.secret?.id ?? null) : (ids?.secretId ?? null),
    accountId: person?.sub ?? null,
    mode: refused ? (ids?.mode ?? null) : client.mode,
    method: kind.method,
    path: kind.path,
    endpoint: kind.endpoint,
    status: refused?.status ?? kind.status,
    decision: refused?.code ?? kind.decision,
    ip: kind.gate?.trouble === 'ip' ? '192.0.2.44' : kind.gate ? addressOf(client) : `203.0.113.${Math.floor(random() * 250) + 1}`,
    userAgent: kind.gate ? client.profile.userAgent : 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0',
    host: kind.gate ? client.host : null,
    durationMs: durationOf(kind.typicalMs, at, random),
    checks: verdict?.checks ?? null,
    detail: kind.detail ?? (kind.endpoint === 'authorization' && client.redirectUri ? { redirect_uri: client.redirectUri } : null),
  }
}

function teamOf(verdict: GateResult | null, client: DemoClient): string | null {
  if (verdict?.ok) return verdict.client.teamId
  return verdict?.client?.teamId ?? client.teamId
}

/** Mostly near the typical, now and then much longer; eight days ago the database was slow for an afternoon. */
function durationOf(typicalMs: number, at: Date, random: () => number): number {
  const spread = Math.exp((random() + random() + random() - 1.5) * 1.1)
  const tail = random() < 0.012 ? 8 + random() * 30 : 1
  const slow = Math.floor((Date.now() - at.getTime()) / 86_400_000) === 8 && at.getUTCHours() >= 12 && at.getUTCHours() < 17 ? 6 : 1
  return Math.round(typicalMs * spread * tail * slow * 1_000) / 1_000
}
