import type { ServerResponse } from 'node:http'
import { env } from '#lib/env.ts'
import type { ErrorAnswer } from './error-answer.ts'

export type Success = { message: string; data: object; meta?: object }

/** Writes a success in the envelope of the API. */
export function writeSuccess(res: ServerResponse, { message, data, meta }: Success): void {
  write(res, 200, JSON.stringify({ status: 'success', message, data, ...(meta ? { meta } : {}) }), {})
}

/** Writes a refusal or failure in the envelope of the API. */
export function writeError(res: ServerResponse, requestId: string, { status, code, message, fields, headers }: ErrorAnswer): void {
  const error = { code, request_id: requestId, docs: `${env().PUBLIC_URL}/docs/errors#${code}`, fields }
  write(res, status, JSON.stringify({ status: 'error', message, data: null, error }), headers)
}

/** Writes text that is JSON already. `cacheable`: the same for everyone. */
export function writeJsonText(res: ServerResponse, text: string): void {
  write(res, 200, text, { 'Cache-Control': 'public, max-age=300' })
}

function write(res: ServerResponse, status: number, text: string, headers: Record<string, string>): void {
  if (res.headersSent || res.destroyed) return
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...headers,
  })
  res.end(res.req.method === 'HEAD' ? undefined : text)
}
