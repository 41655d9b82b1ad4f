import { hitWindow } from '#lib/limits/index.ts'
import { log } from '#lib/log.ts'
import { singleton } from '#lib/registry.ts'
import { existingClients } from './internal.ts'
import type { AlertKind, Evidence } from './kinds.ts'
import { raiseAlert } from './raise-alert.ts'

const FLUSH_AFTER_MS = 1_000
/** What a second may bring; a flood beyond it is one. */
const MAX_PENDING = 2_000
/** Wrong secrets for one client, from everywhere, within ten minutes. */
const CLIENT_FAILURES = 100
const CLIENT_FAILURES_SECONDS = 600
const SAMPLE = 10

type Attempts = { count: number; addresses: Set<string>; refused: Set<string> }
type Noted = { clientId: string; kind: AlertKind; evidence: Evidence; occurrences: number }
type Pending = { attempts: Map<string, Attempts>; alerts: Map<string, Noted>; timer: NodeJS.Timeout | undefined; running: Promise<void> }

function pending(): Pending {
  return singleton<Pending>('alerts.pending', () => ({
    attempts: new Map(),
    alerts: new Map(),
    timer: undefined,
    running: Promise.resolve(),
  }))
}

/**
 * Notes wrong credentials for what claims to be a client. Whether there is such a client is looked up after the answer, together with
 * others, so that the answer's time tells nothing. `refused`: the address is over its limit. Never throws, never waits.
 */
export function noteFailedAttempt({ clientId, ip, refused }: { clientId: string; ip: string | null; refused: boolean }): void {
  const { attempts } = pending()
  let known = attempts.get(clientId)
  if (!known) {
    if (attempts.size >= MAX_PENDING) return
    known = { count: 0, addresses: new Set(), refused: new Set() }
    attempts.set(clientId, known)
  }
  known.count++
  if (ip && known.addresses.size < SAMPLE) known.addresses.add(ip)
  if (ip && refused && known.refused.size < SAMPLE) known.refused.add(ip)
  schedule()
}

/** Notes something that is an alert by itself, on a client that is proven. The same again within a second counts up. Never throws, never waits. */
export function noteAlert({ clientId, kind, evidence }: { clientId: string; kind: AlertKind; evidence: Evidence }): void {
  const { alerts } = pending()
  const key = `${clientId} ${kind} ${JSON.stringify(evidence)}`
  const known = alerts.get(key)
  if (known) known.occurrences++
  else if (alerts.size < MAX_PENDING) alerts.set(key, { clientId, kind, evidence, occurrences: 1 })
  schedule()
}

function schedule(): void {
  pending().timer ??= setTimeout(() => void flushAlerts(), FLUSH_AFTER_MS).unref()
}

/** Writes what is noted: by itself within a second, and at shutdown before the database closes. A failure is logged, never thrown. */
export function flushAlerts(): Promise<void> {
  const state = pending()
  clearTimeout(state.timer)
  state.timer = undefined
  const attempts = [...state.attempts]
  const alerts = [...state.alerts.values()]
  state.attempts.clear()
  state.alerts.clear()
  state.running = state.running.then(() => write(attempts, alerts)).catch((err: unknown) => log().warn({ err }, 'alerts were not written'))
  return state.running
}

async function write(attempts: [string, Attempts][], alerts: Noted[]): Promise<void> {
  for (const alert of alerts) await raiseAlert(alert)
  if (attempts.length === 0) return
  const real = await existingClients(attempts.map(([id]) => id))
  for (const [clientId, seen] of attempts) if (real.has(clientId)) await judge(clientId, seen)
}

async function judge(clientId: string, { count, addresses, refused }: Attempts): Promise<void> {
  for (const ip of refused) await raiseAlert({ clientId, kind: 'failed_attempts_address', evidence: { ip }, occurrences: 1 })
  const window = { key: `alerts:failures:${clientId}`, limit: CLIENT_FAILURES, seconds: CLIENT_FAILURES_SECONDS, cost: count }
  const total = await hitWindow(window)
  const crossed = total.count >= CLIENT_FAILURES && total.count - count < CLIENT_FAILURES
  if (!crossed) return
  const evidence = { attempts: total.count, seconds: CLIENT_FAILURES_SECONDS, addresses: [...addresses].join(', ') }
  await raiseAlert({ clientId, kind: 'failed_attempts_client', evidence, occurrences: 1 })
}
