import { log } from '#lib/log.ts'

/** The formats of exports that are as long as what they hold. */
export type ExportFormat = 'csv' | 'jsonl'

const TYPES: Record<ExportFormat, string> = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' }

type Export = { format: ExportFormat /** Of the file, without its ending. */; name: string; requestId: string; ended?: () => void }

/** The format that an address asks for. */
export function exportFormat(wanted: string | null | undefined): ExportFormat {
  return wanted === 'jsonl' ? 'jsonl' : 'csv'
}

/**
 * A file that grows while it is read; who hangs up ends the reading. The first piece is waited for, so that a refusal is thrown before anything is
 * sent. Should one come later (a right that was lost meanwhile, the database away) the answer breaks off, so that nobody takes half a file for the
 * whole. `ended` is called once nothing more is read, however that came.
 */
export async function exportAnswer(pieces: AsyncGenerator<string, void>, { format, name, requestId, ended }: Export): Promise<Response> {
  const encoder = new TextEncoder()
  let first: IteratorResult<string, void> | undefined = await pieces.next()
  let reading = true
  const end = () => {
    if (reading) ended?.()
    reading = false
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = first ?? (await pieces.next())
        first = undefined
        // Who asked has hung up meanwhile.
        if (!reading) return
        if (value) controller.enqueue(encoder.encode(value))
        if (!done) return
        end()
        controller.close()
      } catch (error) {
        if (!reading) return
        log().warn({ err: error, requestId }, 'an export broke off')
        end()
        controller.error(error)
      }
    },
    async cancel() {
      end()
      await pieces.return()
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${name}.${format}"`,
      // As it comes: compressing would hold pieces back.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}
