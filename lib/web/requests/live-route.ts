import { readAccountSession } from '#lib/accounts/index.ts'
import { isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { followRequests } from '#lib/requests/index.ts'
import { isStopping } from '#lib/server/stop.ts'
import { answerStream, logRequest } from './log-route.ts'

const HEARTBEAT_MS = 10_000
const SESSION_MS = 5_000
/** Then the browser connects anew by itself. */
const LONGEST_MS = 10 * 60_000

/**
 * GET /requests/live: Server-Sent Events with each request as it is logged, by whichever process. Ends with the event `end` when the person
 * is logged out or loses the permission; without it the browser comes back.
 */
export function liveRoute(request: Request): Promise<Response> {
  return answerStream(request, 'live', async (ctx, release) => {
    const stop = new AbortController()
    const end = () => {
      release()
      stop.abort()
    }
    request.signal.addEventListener('abort', end, { once: true })
    const batches = followRequests({ ctx, input: logRequest(request), signal: stop.signal })
    // The first look tells whether they may: before the answer begins.
    const first = await batches.next()
    const encoder = new TextEncoder()
    const cookie = request.headers.get('cookie')
    const begun = Date.now()
    let [beat, checked] = [begun, begun]
    // A closed view has no controller to write to any more, while the last look at the log may still be under way.
    let open = true
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`retry: 3000\n\n${eventOf(first.value ?? null)}`)),
      async pull(controller) {
        const say = (text: string) => {
          if (open) controller.enqueue(encoder.encode(text))
        }
        const close = (last = '') => {
          if (last) say(last)
          end()
          if (open) controller.close()
          open = false
        }
        try {
          // Until there is something to say: a pull that enqueues nothing is not asked again.
          while (!stop.signal.aborted) {
            if (isStopping() || Date.now() - begun > LONGEST_MS) return close()
            if (Date.now() - checked > SESSION_MS) {
              checked = Date.now()
              if ((await readAccountSession(cookie))?.sessionId !== ctx.actor.sessionId) return close('event: end\ndata: logged_out\n\n')
            }
            const { value, done } = await batches.next()
            if (done) break
            if (value || Date.now() - beat > HEARTBEAT_MS) {
              beat = Date.now()
              return say(value ? eventOf(value) : ': still here\n\n')
            }
          }
          close()
        } catch (error) {
          if (isAppError(error)) return close(`event: end\ndata: ${error.code}\n\n`)
          log().warn({ err: error, requestId: ctx.requestId }, 'a live view ended')
          close()
        }
      },
      async cancel() {
        open = false
        end()
        await batches.return()
      },
    })
    return new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      },
    })
  })
}

function eventOf(requests: object[] | null): string {
  return requests && requests.length > 0 ? `event: requests\ndata: ${JSON.stringify(requests)}\n\n` : ': connected\n\n'
}
