import { env } from '#lib/env.ts'
import type { Call } from './call.ts'
import type { ErrorAnswer } from './error-answer.ts'

export type Success = { message: string; data: object; meta?: object }

const PRIVATE = 'no-store'

/** Writes a success in the envelope of the API. */
export function writeSuccess(call: Call, { message, data, meta }: Success): void {
  write(call, 200, JSON.stringify(meta ? { status: 'success', message, data, meta } : { status: 'success', message, data }), PRIVATE)
}

/** Writes a refusal or failure in the envelope of the API. */
export function writeError(call: Call, { status, code, message, fields, headers }: ErrorAnswer): void {
  const error = { code, request_id: call.facts.requestId, docs: `${env().PUBLIC_URL}/docs/errors#${code}`, fields }
  Object.assign(call.headers, headers)
  write(call, status, JSON.stringify({ status: 'error', message, data: null, error }), PRIVATE)
}

/** Writes text that is JSON already, and the same for everyone. */
export function writeJsonText(call: Call, text: string): void {
  write(call, 200, text, 'public, max-age=300')
}

/** Writes an answer that has no body. */
export function writeNothing(call: Call): void {
  const { res } = call
  res.writeHead(204, head(call, ['Cache-Control', PRIVATE])).end()
}

function write(call: Call, status: number, text: string, caching: string): void {
  const { req, res } = call
  if (res.headersSent || res.destroyed) return
  const length = String(Buffer.byteLength(text))
  res.writeHead(status, head(call, ['Content-Type', 'application/json; charset=utf-8', 'Content-Length', length, 'Cache-Control', caching]))
  res.end(req.method === 'HEAD' ? undefined : text)
}

/** All headers in one list, `own` and more: Node checks and copies each once. */
function head({ facts, headers }: Call, own: string[]): string[] {
  own.push('X-Request-Id', facts.requestId)
  if (facts.headers) own.push(...facts.headers)
  for (const name in headers) own.push(name, headers[name] as string)
  return own
}
