import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { type OutgoingNetwork, outgoingNetwork } from './network.ts'

export type OutgoingAnswer = { status: number; headers: Record<string, string>; body: Buffer }

export type OutgoingFailure = 'private_address' | 'timeout' | 'too_large' | 'unresolved' | 'unreachable'

/** Why there is no answer, in a word that may be shown to the owner of the address. */
export class OutgoingError extends Error {
  readonly reason: OutgoingFailure
  constructor(reason: OutgoingFailure, cause?: unknown) {
    super(`outgoing request failed: ${reason}`, cause === undefined ? undefined : { cause })
    this.name = 'OutgoingError'
    this.reason = reason
  }
}

export type OutgoingOptions = {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  timeoutMs?: number
  maxBytes?: number
}

class PrivateAddress extends Error {}

/**
 * Sends one request and reads its answer. Redirects are answers like any other: following one would let the other side choose where we
 * go. The connection goes to no other address than those that were judged when the name was resolved, and the one in use is judged
 * again before a byte is sent.
 * @throws OutgoingError
 */
export async function outgoingRequest(address: string, options: OutgoingOptions = {}): Promise<OutgoingAnswer> {
  const net = outgoingNetwork()
  const uri = new URL(address)
  const host = uri.hostname.replace(/^\[|\]$/g, '')
  // A connection to an address asks no resolver.
  if (ipaddr.isValid(host) && !net.mayReach(host)) throw new OutgoingError('private_address')
  if (uri.protocol !== 'https:' && !net.allowsPrivate) throw new OutgoingError('unreachable')
  try {
    return await send(net, uri, options)
  } catch (error) {
    throw failure(error)
  }
}

function send(net: OutgoingNetwork, uri: URL, options: OutgoingOptions): Promise<OutgoingAnswer> {
  const { method = 'GET', headers = {}, body, timeoutMs = 5_000, maxBytes = 65_536 } = options
  const request = uri.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const settings: RequestOptions & { ca?: string } = {
      method,
      agent: false,
      lookup: guardedLookup(net),
      headers: { 'accept-encoding': 'identity', ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      maxHeaderSize: 16_384,
      signal: AbortSignal.timeout(timeoutMs),
      ...(net.ca ? { ca: net.ca } : {}),
    }
    const asked = request(uri, settings)
    asked.on('socket', (socket) => {
      socket.once('connect', () => {
        if (!net.mayReach(socket.remoteAddress ?? '')) socket.destroy(new PrivateAddress())
      })
    })
    asked.on('error', reject)
    asked.on('response', (response) => read(response, maxBytes).then(resolve, reject))
    asked.end(body)
  })
}

async function read(response: IncomingMessage, maxBytes: number): Promise<OutgoingAnswer> {
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new OutgoingError('too_large')
      chunks.push(chunk)
    }
    const headers = Object.entries(response.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
    return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) }
  } finally {
    response.destroy()
  }
}

function guardedLookup(net: OutgoingNetwork): LookupFunction {
  return (host, options, callback) => {
    const answer = async () => {
      const all = await net.addresses(host)
      const [first] = all
      if (!first) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
      // One private address among public ones is refused as well: which of them would be used is the other side's choice.
      if (!all.every(({ address }) => net.mayReach(address))) throw new PrivateAddress()
      return { all, first }
    }
    answer().then(
      ({ all, first }) => (options.all ? callback(null, all) : callback(null, first.address, first.family)),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

function failure(error: unknown): OutgoingError {
  if (error instanceof OutgoingError) return error
  if (error instanceof PrivateAddress) return new OutgoingError('private_address', error)
  const { code = '', name } = error as { code?: string; name?: string }
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT') return new OutgoingError('timeout', error)
  if (code === 'ENOTFOUND' || code === 'ENODATA' || code.startsWith('EAI_')) return new OutgoingError('unresolved', error)
  return new OutgoingError('unreachable', error)
}
