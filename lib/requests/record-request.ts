import { countRate, writeRates } from '#lib/alerts/index.ts'
import { log } from '#lib/log.ts'
import { singleton } from '#lib/registry.ts'
import { fitsCap } from './cap-unproven.ts'
import { counters, type RequestLogCounters } from './counters.ts'
import { countDecision } from './decision-counts.ts'
import { copyRows, insertRows, requestIdOf, type StoredRow, storedRow } from './request-log.sql.ts'
import type { RequestRow } from './request-row.ts'

const FLUSH_AFTER_MS = 1_000
/**
 * Rows of a full batch. Each batch keeps PostgreSQL busy for a moment (10 us a row), in which all else shares the other processor, and on a small machine
 * stays together for a while after: few long moments cost a busy server a fifth less than many short ones.
 */
export const FLUSH_ROWS = 4_000
/** Kept while PostgreSQL is away: about 20 MB. Then the oldest go. */
const MAX_BUFFERED = 20_000

/** `lost`: rows dropped since PostgreSQL went away. `muted`: rows are forgotten as they come, which only lib/bench asks for. */
type State = {
  rows: StoredRow[]
  timer: NodeJS.Timeout | undefined
  flushing: Promise<void> | undefined
  failing: boolean
  lost: number
  muted?: true
}

function state(): State {
  return singleton<State>('requests.buffer', () => ({ rows: [], timer: undefined, flushing: undefined, failing: false, lost: 0 }))
}

/** Puts a request on the log, within a second. Never throws and never waits: the answer is on its way. */
export function recordRequest(row: RequestRow): void {
  try {
    countDecision(row)
    if (state().muted) return
    if (!isProven(row) && !fitsCap(row)) {
      counters().capped++
      return
    }
    const { rows } = state()
    rows.push(storedRow(row))
    if (row.clientId !== null && isProven(row)) countRate(row.clientId, row.at)
    trim(rows)
    schedule()
  } catch (err) {
    counters().dropped++
    log().error({ err }, 'a request was not logged')
  }
}

function isProven({ teamId, proven = true }: Pick<RequestRow, 'teamId' | 'proven'>): boolean {
  return teamId !== null && proven
}

function trim(rows: StoredRow[]): void {
  if (rows.length <= MAX_BUFFERED) return
  const current = state()
  if (current.lost === 0)
    log().error({ kept: MAX_BUFFERED }, 'the request log is full: its oldest rows are dropped until PostgreSQL is back')
  const dropped = rows.splice(0, rows.length - MAX_BUFFERED).length
  current.lost += dropped
  counters().dropped += dropped
}

/** A full batch goes at once; what does not fill one waits its second, since a batch costs nearly the same whatever its size. */
function schedule(): void {
  const current = state()
  current.timer ??= setTimeout(() => void flushRequests(), FLUSH_AFTER_MS).unref()
  if (current.rows.length >= FLUSH_ROWS && !current.flushing && !current.failing) void flush(current, { everything: false })
}

/** Writes what is buffered: by itself, and at shutdown before the database closes. A failure is logged; the rows stay for the next try. */
export async function flushRequests(): Promise<void> {
  const current = state()
  clearTimeout(current.timer)
  current.timer = undefined
  await current.flushing
  await (current.flushing ?? flush(current, { everything: true }))
  if (!current.failing) await writeRates().catch((err: unknown) => log().warn({ err }, 'usual rates were not counted'))
}

function flush(current: State, options: { everything: boolean }): Promise<void> {
  current.flushing = drain(current, options).finally(() => {
    current.flushing = undefined
    if (current.rows.length > 0) schedule()
  })
  return current.flushing
}

async function drain(current: State, { everything }: { everything: boolean }): Promise<void> {
  // What comes later waits for its own turn: a busy server would otherwise write ever smaller batches.
  let due = everything ? current.rows.length : 0
  while ((due > 0 && current.rows.length > 0) || current.rows.length >= FLUSH_ROWS) {
    const batch = current.rows.splice(0, FLUSH_ROWS)
    due -= batch.length
    try {
      await (current.failing ? write(batch, insertRows) : write(batch, copyRows))
      if (current.failing) log().info({ waiting: current.rows.length, dropped: current.lost }, 'the request log is written again')
      current.failing = false
      current.lost = 0
    } catch (err) {
      if (!current.failing) log().warn({ err, rows: current.rows.length + batch.length }, 'the request log waits for PostgreSQL')
      current.failing = true
      current.rows.unshift(...batch)
      trim(current.rows)
      return
    }
  }
}

/**
 * Writes a batch by `put`; where PostgreSQL refuses its data, the halves, so that one bad row does not cost the others. What may have
 * been written before goes by an INSERT, which writes nothing twice.
 */
async function write(batch: StoredRow[], put: (rows: StoredRow[]) => Promise<void>): Promise<void> {
  try {
    await put(batch)
    counters().written += batch.length
  } catch (error) {
    if (!isDataError(error)) throw error
    if (batch.length === 1) {
      counters().dropped++
      log().error({ err: error, requestId: requestIdOf(batch[0] as StoredRow) }, 'a request could not be logged')
      return
    }
    const middle = batch.length >> 1
    await write(batch.slice(0, middle), insertRows)
    await write(batch.slice(middle), insertRows)
  }
}

/** SQLSTATE classes 22 and 23: the data, not the connection. */
function isDataError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^2[23]\w{3}$/.test(code)
}

/** For metrics. */
export function requestLogCounters(): RequestLogCounters {
  return { ...counters(), buffered: state().rows.length }
}

/** Makes the log write by itself; {@link recordRequest} does so too. Call at the start, so that the stop has its counterpart. */
export function startRequestLog(): void {
  schedule()
}

/** Writes what is left. Call after the last request was answered and before the database closes. */
export async function stopRequestLog(): Promise<void> {
  await flushRequests()
  await flushRequests()
}
