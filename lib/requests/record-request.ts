import { countRate, writeRates } from '#lib/alerts/index.ts'
import { log } from '#lib/log.ts'
import { singleton } from '#lib/registry.ts'
import { fitsCap } from './cap-unproven.ts'
import { counters, type RequestLogCounters } from './counters.ts'
import { countDecision } from './decision-counts.ts'
import { copyLines, insertLines, requestIdOf, storedLine } from './request-log.sql.ts'
import type { RequestRow } from './request-row.ts'
import { type LineChunk, linesOf, rowsOf, WaitingLines } from './waiting-lines.ts'

const FLUSH_AFTER_MS = 1_000
/**
 * Rows of a full batch. Each batch keeps PostgreSQL busy for a moment (10 us a row), in which all else shares the other processor, and on a small machine
 * stays together for a while after: few long moments cost a busy server a fifth less than many short ones.
 */
export const FLUSH_ROWS = 4_000
/** Kept while PostgreSQL is away: about 15 MB. Then the oldest go. */
const MAX_BUFFERED = 20_000

/**
 * `claims`: rows of which nobody proved to be the client that they name. `lost`: rows dropped since PostgreSQL went away. `muted`: rows are forgotten as
 * they come, which only lib/bench asks for.
 */
type State = {
  proven: WaitingLines
  claims: WaitingLines
  timer: NodeJS.Timeout | undefined
  flushing: Promise<void> | undefined
  failing: boolean
  lost: number
  muted?: true
}

/** An empty buffer; its own for tests and lib/bench, which put it in place of what is there. */
export function emptyBuffer(): State {
  return { proven: new WaitingLines(), claims: new WaitingLines(), timer: undefined, flushing: undefined, failing: false, lost: 0 }
}

function state(): State {
  return singleton<State>('requests.buffer', emptyBuffer)
}

function waiting({ proven, claims }: State): number {
  return proven.rows + claims.rows
}

/** Puts a request on the log, within a second. Never throws and never waits: the answer is on its way. */
export function recordRequest(row: RequestRow): void {
  try {
    countDecision(row)
    const current = state()
    if (current.muted) return
    const proven = isProven(row)
    if (!proven && !fitsCap(row)) {
      counters().capped++
      return
    }
    const lines = row.teamId === null ? current.claims : current.proven
    lines.add(storedLine(row))
    if (row.clientId !== null && proven) countRate(row.clientId, row.at)
    trim(current)
    schedule(current)
  } catch (err) {
    counters().dropped++
    log().error({ err }, 'a request was not logged')
  }
}

function isProven({ teamId, proven = true }: Pick<RequestRow, 'teamId' | 'proven'>): boolean {
  return teamId !== null && proven
}

/** What there is more of gives way: strangers' claims never push out the rows of those who proved who they are, nor the other way round. */
function trim(current: State): void {
  const over = waiting(current) - MAX_BUFFERED
  if (over <= 0) return
  if (current.lost === 0)
    log().error({ kept: MAX_BUFFERED }, 'the request log is full: its oldest rows are dropped until PostgreSQL is back')
  const longer = current.claims.rows > current.proven.rows ? current.claims : current.proven
  const dropped = longer.keep(longer.rows - over)
  current.lost += dropped
  counters().dropped += dropped
}

/** A full batch goes at once; what does not fill one waits its second, since a batch costs nearly the same whatever its size. */
function schedule(current: State): void {
  current.timer ??= setTimeout(() => void flushRequests(), FLUSH_AFTER_MS).unref()
  if (waiting(current) >= FLUSH_ROWS && !current.flushing && !current.failing) void flush(current, { everything: false })
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
    if (waiting(current) > 0) schedule(current)
  })
  return current.flushing
}

async function drain(current: State, { everything }: { everything: boolean }): Promise<void> {
  // What comes later waits for its own turn: a busy server would otherwise write ever smaller batches.
  let due = everything ? waiting(current) : 0
  while ((due > 0 && waiting(current) > 0) || waiting(current) >= FLUSH_ROWS) {
    try {
      due -= await take(current.claims, FLUSH_ROWS, insertChunks)
      // What may have been written before goes by an INSERT, which writes nothing twice.
      due -= await take(current.proven, FLUSH_ROWS, current.failing ? insertChunks : copyChunks)
      if (current.failing) log().info({ waiting: waiting(current), dropped: current.lost }, 'the request log is written again')
      current.failing = false
      current.lost = 0
    } catch (err) {
      if (!current.failing) log().warn({ err, rows: waiting(current) }, 'the request log waits for PostgreSQL')
      current.failing = true
      trim(current)
      return
    }
  }
}

/** Takes lines out and has them written; when that fails, they wait on. @returns how many were written @throws pg errors */
async function take(lines: WaitingLines, rows: number, write: (chunks: LineChunk[]) => Promise<void>): Promise<number> {
  const chunks = lines.take(rows)
  if (chunks.length === 0) return 0
  try {
    await write(chunks)
    lines.release(chunks)
    return rowsOf(chunks)
  } catch (error) {
    lines.putBack(chunks)
    throw error
  }
}

async function copyChunks(chunks: LineChunk[]): Promise<void> {
  try {
    await copyLines(chunks)
    counters().written += rowsOf(chunks)
  } catch (error) {
    if (!isDataError(error)) throw error
    await insertChunks(chunks)
  }
}

function insertChunks(chunks: LineChunk[]): Promise<void> {
  return insert(linesOf(chunks))
}

/** Writes lines; where PostgreSQL refuses their data, the halves, so that one bad row does not cost the others. */
async function insert(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  try {
    await insertLines(lines)
    counters().written += lines.length
  } catch (error) {
    if (!isDataError(error)) throw error
    if (lines.length === 1) {
      counters().dropped++
      log().error({ err: error, requestId: requestIdOf(lines[0] as string) }, 'a request could not be logged')
      return
    }
    const middle = lines.length >> 1
    await insert(lines.slice(0, middle))
    await insert(lines.slice(middle))
  }
}

/** SQLSTATE classes 22 and 23: the data, not the connection. */
function isDataError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^2[23]\w{3}$/.test(code)
}

/** For metrics. */
export function requestLogCounters(): RequestLogCounters {
  return { ...counters(), buffered: waiting(state()) }
}

/** Makes the log write by itself; {@link recordRequest} does so too. Call at the start, so that the stop has its counterpart. */
export function startRequestLog(): void {
  schedule(state())
}

/** Writes what is left, and says how much could not be written. Call after the last request was answered and before the database closes. */
export async function stopRequestLog(): Promise<void> {
  await flushRequests()
  await flushRequests()
  const lost = waiting(state())
  if (lost > 0) log().error({ rows: lost }, 'requests that could not be written to the log are lost with this stop')
}
