import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'

/**
 * Whether the request brings no multipart form, or one that can be read. Next answers what it cannot read with a 500. The body, whose length
 * has been bounded, is put back for whoever reads it next. Null: the client went away.
 */
export async function readableForm(req: IncomingMessage): Promise<boolean | null> {
  const type = req.headers['content-type']
  if (!type || !/^multipart\/form-data\b/i.test(type)) return true
  const length = Number(req.headers['content-length'] ?? 0)
  const body = await peek(req, length)
  if (!body) return null
  try {
    await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    return true
  } catch {
    return false
  }
}

/** All `length` bytes of the body, which stay to be read: the stream must not come to its end here. */
async function peek(req: IncomingMessage, length: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  const gone = new AbortController()
  req.once('close', () => gone.abort())
  for (let got = 0; got < length; ) {
    const chunk: Buffer | null = req.read()
    if (chunk) {
      chunks.push(chunk)
      got += chunk.length
    } else {
      const more = await once(req, 'readable', { signal: gone.signal }).catch(() => null)
      if (!more || req.readableEnded) return null
    }
  }
  const body = Buffer.concat(chunks)
  if (length > 0) req.unshift(body)
  return body
}
