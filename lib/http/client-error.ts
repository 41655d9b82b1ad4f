import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { newRequestId } from '#lib/ids.ts'
import { log } from '#lib/log.ts'
import { errorEnvelope } from './answer.ts'
import { dataHeaders } from './security-headers.ts'

type Reason = [status: number, code: string, message: string]
type ParseError = Error & { code?: string; rawPacket?: Buffer }
/** What Node keeps of the answer that is under way on a connection; null between two requests. */
type Busy = Socket & { _httpMessage?: ServerResponse<IncomingMessage> | null }

const REASONS: Record<string, Reason> = {
  HPE_HEADER_OVERFLOW: [431, 'headers_too_large', 'The headers are larger than 32 KiB'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'body_too_large', 'The chunk extensions of the body are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request_timeout', 'The request did not come in time'],
}

/** A credential header with a control character in it, which the parser refuses before the gate could. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const CREDENTIAL = /^(x-client-(?:id|secret|domain)):[^\r\n]*[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/im

/**
 * For a server's `clientError`: what Node's parser refuses never becomes a request, so it is answered here, in the API's envelope, and the connection
 * is closed. Nothing is written where another answer has begun, or is still to come first: it would be taken for that one.
 */
export function clientErrorListener({ secure }: { secure: boolean }): (error: ParseError, socket: Busy) => void {
  const always = dataHeaders({ secure })
  const closing = new WeakSet<Socket>()
  return (error, socket) => {
    if (closing.has(socket)) return
    const reason = reasonOf(error)
    if (!reason || !socket.writable) return void socket.destroy()
    closing.add(socket)
    const underWay = socket._httpMessage
    // Read whole, so that what is malformed came after it: its answer is the last of this connection.
    if (underWay?.req.complete) return void underWay.once('close', () => socket.destroySoon())
    if (underWay?.headersSent) return void socket.destroy()
    const requestId = newRequestId()
    const [status, code, message] = reason
    log().debug({ requestId, status, reason: error.code }, 'refused what is no request')
    const body = JSON.stringify(errorEnvelope(code, message, requestId))
    const headers = [
      'X-Request-Id',
      requestId,
      'Content-Type',
      'application/json; charset=utf-8',
      'Content-Length',
      Buffer.byteLength(body),
    ]
    headers.push('Cache-Control', 'no-store', 'Date', new Date().toUTCString(), 'Connection', 'close', ...always)
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines(headers)}\r\n${body}`)
    socket.destroySoon()
  }
}

/** Undefined: a lost connection or a failed TLS handshake, to which there is no answer. */
function reasonOf({ code = '', rawPacket }: ParseError): Reason | undefined {
  if (REASONS[code]) return REASONS[code]
  if (!code.startsWith('HPE_')) return undefined
  const header = CREDENTIAL.exec(rawPacket?.toString('latin1') ?? '')?.[1]
  if (header) return [400, 'credentials_malformed', `The header ${header} holds control characters.`]
  return [400, 'bad_request', 'The request is not well-formed HTTP']
}

function lines(headers: readonly (string | number)[]): string {
  let text = ''
  for (let at = 0; at < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`
  return text
}
