import { isAppError } from '#lib/errors.ts'
import { CSV_TABLES, usageCsv, usageReport } from '#lib/usage/index.ts'
import { requestContext } from '../context.ts'
import { teamOfPage } from '../teams/page-data.ts'
import { rangeOfPage } from './page-data.ts'

const STATUS: Record<string, number> = { unauthenticated: 401, permission_denied: 403, not_found: 404 }

/** Answers a table of the usage page as a CSV file: of one client, or of the page's team. */
export async function exportUsage(request: Request, clientId?: string): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const table = CSV_TABLES.find((known) => known === query.table) ?? 'time'
  try {
    const ctx = await requestContext(request)
    const whose = clientId ? { clientId } : { teamId: (await teamOfPage(query.team)).team.id }
    const report = await usageReport({ ctx, input: { ...(await rangeOfPage(query)), ...whose, forFile: true } })
    const name = `usage-${table}-${report.range.from.toISOString().slice(0, 10)}.csv`
    return new Response(usageCsv(report, table), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'no-store',
      },
    })
  } catch (error) {
    const status = isAppError(error) ? STATUS[error.code] : undefined
    if (status === undefined) throw error
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    return new Response(`${(error as Error).message}\n`, { status, headers })
  }
}
