import type { IncomingMessage, ServerResponse } from 'node:http'
import { singleton } from '#lib/registry.ts'
import { createApp } from './app.ts'
import { startCall } from './call.ts'
import { errorAnswer } from './error-answer.ts'
import { writeError } from './write-answer.ts'

/**
 * Answers one request below `/api`, always with JSON. Wants `setFacts` to have been called on it: the caller's address and the scheme come
 * from there, never from headers.
 */
export async function apiHandler(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const app = singleton('api.app', createApp)
  try {
    // Routes by method and path alone, both of which Node's own request has: nothing of the Web's has to be made for it.
    await app.fetch(incoming as never, { incoming, outgoing })
  } catch (error) {
    const call = startCall(incoming, outgoing, null)
    writeError(call, errorAnswer(error, call.facts.requestId))
  }
}
