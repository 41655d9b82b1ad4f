import type { ServerResponse } from 'node:http'

/** The error envelope of the API, for refusals that no lane gets to see. */
export function answerError(res: ServerResponse, status: number, code: string, message: string): void {
  const requestId = res.getHeader('X-Request-Id')
  answerJson(res, status, { status: 'error', message, data: null, error: { code, request_id: requestId } })
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
