import { log } from '#lib/log.ts'
import { exportRequests } from '#lib/requests/index.ts'
import { answerStream, logRequest } from './log-route.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const

/** GET /requests/export: the requests that filters find, as a file that grows while it is read. Who hangs up ends the reading. */
export function exportRoute(request: Request): Promise<Response> {
  return answerStream(request, 'export', async (ctx, release) => {
    const format = new URL(request.url).searchParams.get('format') === 'jsonl' ? 'jsonl' : 'csv'
    const pieces = await exportRequests({ ctx, input: { ...logRequest(request), format } })
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { value, done } = await pieces.next()
          if (value) controller.enqueue(encoder.encode(value))
          if (!done) return
          release()
          controller.close()
        } catch (error) {
          log().warn({ err: error, requestId: ctx.requestId }, 'an export ended early')
          release()
          // Cut off, so that nobody takes half a file for the whole.
          controller.error(error)
        }
      },
      async cancel() {
        release()
        await pieces.return()
      },
    })
    const name = `requests-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, '')}.${format}`
    return new Response(body, {
      headers: {
        'Content-Type': TYPES[format],
        'Content-Disposition': `attachment; filename="${name}"`,
        // As it comes: compressing would hold pieces back.
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      },
    })
  })
}
