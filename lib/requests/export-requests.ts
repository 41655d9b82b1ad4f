import type { Ctx } from '#lib/context.ts'
import { csvLine } from '#lib/csv.ts'
import { parseInput } from '#lib/input.ts'
import type { Position } from './cursor.ts'
import { type RequestSummary, requestSummary } from './dto.ts'
import { openLog } from './log-scope.ts'
import { namesOf } from './names.ts'
import { endOfWalk, readRows } from './read-log.sql.ts'
import { EXPORT_ROWS, type ExportRequestsInput, exportRequestsInput } from './schemas.ts'

const BATCH = 1_000
const SCAN = 20_000
/** The actor is asked for again: a long export must not outlive a permission. */
const RECHECK_MS = 5_000

type Column = [name: string, value: (request: RequestSummary) => string | number | null]

const COLUMNS: readonly Column[] = [
  ['time', ({ at }) => at],
  ['request_id', ({ requestId }) => requestId],
  ['method', ({ method }) => method],
  ['path', ({ path }) => path],
  ['endpoint', ({ endpoint }) => endpoint],
  ['status', ({ status }) => status],
  ['decision', ({ decision }) => decision],
  ['client_id', ({ client }) => client?.id ?? null],
  ['client_name', ({ client }) => client?.name ?? null],
  ['domain_id', ({ domain }) => domain?.id ?? null],
  ['host', ({ domain }) => domain?.host ?? null],
  ['mode', ({ mode }) => mode],
  ['ip', ({ ip }) => ip],
  ['duration_ms', ({ durationMs }) => Math.round(durationMs * 1000) / 1000],
]

const FORMATS = {
  csv: { head: csvLine(COLUMNS.map(([name]) => name)), line: (row: RequestSummary) => csvLine(COLUMNS.map(([, value]) => value(row))) },
  jsonl: {
    head: '',
    line: (row: RequestSummary) => `${JSON.stringify(Object.fromEntries(COLUMNS.map(([name, value]) => [name, value(row)])))}\n`,
  },
}

/**
 * The requests that filters find, newest first, as text in pieces: at most 100,000, one batch in memory at a time, and nothing more is
 * read once whoever takes the pieces stops. Needs `logs.read`, also while it runs.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed, before the first piece
 */
export async function exportRequests({
  ctx,
  input,
  now = new Date(),
  most = EXPORT_ROWS,
}: {
  ctx: Ctx
  input: ExportRequestsInput
  now?: Date
  most?: number
}): Promise<AsyncGenerator<string, void>> {
  const { format, ...where } = parseInput(exportRequestsInput, input)
  const opened = await openLog(ctx, where, now)
  return pieces(FORMATS[format], opened.scope, most, () => openLog(ctx, where, now))
}

async function* pieces(
  { head, line }: (typeof FORMATS)['csv'],
  scope: Awaited<ReturnType<typeof openLog>>['scope'],
  most: number,
  recheck: () => Promise<unknown>,
): AsyncGenerator<string, void> {
  if (head) yield head
  let left = most
  let after: Position | null = null
  let checked = performance.now()
  do {
    if (performance.now() - checked > RECHECK_MS) {
      await recheck()
      checked = performance.now()
    }
    const limit = Math.min(BATCH, left)
    const rows = await readRows(scope, { after, limit, scan: SCAN })
    left -= rows.length
    if (rows.length > 0) {
      const names = await namesOf(scope.teamId, rows)
      yield rows.map((row) => line(requestSummary(row, names))).join('')
    }
    const last = rows.at(-1)
    after = last && rows.length === limit ? { at: last.at, requestId: last.request_id } : await endOfWalk(scope, after, SCAN)
  } while (after && left > 0)
}
