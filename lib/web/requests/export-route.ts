import { exportRequests } from '#lib/requests/index.ts'
import { exportAnswer, exportFormat } from '../export-stream.ts'
import { answerStream, logRequest } from './log-route.ts'

/** GET /requests/export: the requests that filters find. */
export function exportRoute(request: Request): Promise<Response> {
  return answerStream(request, 'export', async (ctx, release) => {
    const format = exportFormat(new URL(request.url).searchParams.get('format'))
    const pieces = await exportRequests({ ctx, input: { ...logRequest(request), format } })
    const name = `requests-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, '')}`
    return exportAnswer(pieces, { format, name, requestId: ctx.requestId, ended: release })
  })
}
