import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'

const MAX_BYTES = 1_048_576

/**
 * The JSON object in the body; an empty body is an empty object. What the content type says does not matter, what the body is does.
 * @throws ApiError body_too_large (counted while reading), invalid_json
 */
export async function readJsonBody(req: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(req)
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ApiError(400, 'invalid_json', 'The body is not JSON.')
  }
}

/** Listens by hand: leaving a `for await` early would cut the connection before the answer is out. */
function readBytes(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const stop = () => {
      req.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken)
    }
    const onData = (chunk: Buffer) => {
      size += chunk.length
      chunks.push(chunk)
      if (size <= MAX_BYTES) return
      stop()
      req.pause()
      // The rest of the body is not read, so the connection cannot serve another request.
      reject(new ApiError(413, 'body_too_large', 'The body is larger than 1 MiB.', { Connection: 'close' }))
    }
    const onEnd = () => {
      stop()
      resolve(Buffer.concat(chunks, size))
    }
    const onBroken = () => {
      stop()
      reject(new ApiError(400, 'invalid_json', 'The body ended early.'))
    }
    req.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken)
  })
}
