import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { singleton } from '#lib/registry.ts'
import { ApiError } from './api-error.ts'
import { createApp } from './app.ts'
import { startCall } from './call.ts'
import { errorAnswer } from './error-answer.ts'
import { writeError } from './write-answer.ts'

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/**
 * Answers one request below `/api`, always with JSON. Wants `setFacts` to have been called on it: the caller's address and the scheme come
 * from there, never from headers.
 */
export function apiHandler(req: IncomingMessage, res: ServerResponse): Promise<void> {
  return handle()(req, res)
}

function handle(): Handle {
  return singleton('api.handler', () => {
    const { fetch } = createApp()
    return async (req, res) => {
      // What the adapter cannot even make a request of ends here, as does what a handler let slip.
      const errorHandler = (error: unknown) => {
        const { facts } = startCall(req, res, null)
        const unreadable = (error as Error).name === 'RequestError'
        const cause = unreadable ? new ApiError(400, 'bad_request', 'The request cannot be read.') : error
        writeError(res, facts.requestId, errorAnswer(cause, facts.requestId))
      }
      // Next shares this process: its global Request and Response stay as they are.
      await getRequestListener(fetch as never, { overrideGlobalObjects: false, errorHandler })(req, res)
    }
  })
}
