import type { ServerResponse } from 'node:http'
import { env } from '#lib/env.ts'

/** Writes a refusal that no lane gets to see, in the form that the callers of its lane know. */
export type ErrorAnswerer = (res: ServerResponse, status: number, code: string, message: string) => void

/** The error envelope of the API: what callers get who do not speak OAuth. */
export function errorEnvelope(code: string, message: string, requestId: unknown): object {
  const docs = `${env().PUBLIC_URL}/docs/errors#${code}`
  return { status: 'error', message, data: null, error: { code, request_id: requestId, docs, fields: [] } }
}

/** Answers an error in the API's envelope. */
export const answerError: ErrorAnswerer = (res, status, code, message) => {
  answerJson(res, status, errorEnvelope(code, message, res.getHeader('X-Request-Id')))
}

/** Answers an error as RFC 6749 §5.2 has it: its codes are few, so the message says more. */
export const answerOAuthError: ErrorAnswerer = (res, status, _code, message) => {
  answerJson(res, status, { error: status >= 500 ? 'server_error' : 'invalid_request', error_description: message })
}

/** A whole JSON answer that nobody may keep. */
export function answerJson(res: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  })
  res.end(res.req.method === 'HEAD' ? undefined : text)
}
