import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Network } from './network.ts'
import type { ProofFinding } from './proof.ts'

const MAX_BYTES = 4096
const TIMEOUT_MS = 5000

type FileFailure = Extract<ProofFinding['code'], `file_${string}`>
export type ProofFile = { text: string } | { failed: FileFailure; seen: string }

class Unreachable extends Error {
  readonly code = 'EPRIVATE'
}

/**
 * Reads `/.well-known/xwms-verification.txt` of a host over HTTPS: no redirects, at most 4 KB, 5 seconds in all. The host is somebody's
 * input, so the connection goes to no other address than those that were found reachable: each is judged when the name is resolved, and
 * the one in use again when it is connected, before a byte of the request is sent.
 */
export async function fetchProofFile(net: Network, host: string): Promise<ProofFile> {
  // A connection to an address asks no resolver.
  if (ipaddr.isValid(host) && !net.mayReach(host)) return { failed: 'file_private', seen: '' }
  const agent = new Agent({ keepAlive: false, lookup: guardedLookup(net), ...(net.ca ? { ca: net.ca } : {}) })
  try {
    return await new Promise<ProofFile>((resolve, reject) => {
      const asked = request({
        host,
        port: net.port,
        path: '/.well-known/xwms-verification.txt',
        agent,
        headers: { accept: 'text/plain', 'accept-encoding': 'identity', 'user-agent': 'xwms-domain-verification' },
        maxHeaderSize: 16_384,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      asked.on('socket', (socket) => {
        socket.once('connect', () => {
          if (!net.mayReach(socket.remoteAddress ?? '')) socket.destroy(new Unreachable())
        })
      })
      asked.on('error', reject)
      asked.on('response', (response) => readAnswer(response).then(resolve, reject))
      asked.end()
    })
  } catch (error) {
    return failure(error)
  } finally {
    agent.destroy()
  }
}

function guardedLookup(net: Network): LookupFunction {
  return (host, options, callback) => {
    const answer = async () => {
      const all = await net.addresses(host)
      const [first] = all
      if (!first) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
      // One private address among public ones is refused as well: which of them would be used is the other side's choice.
      if (!all.every(({ address }) => net.mayReach(address))) throw new Unreachable()
      return { all, first }
    }
    answer().then(
      ({ all, first }) => (options.all ? callback(null, all) : callback(null, first.address, first.family)),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

async function readAnswer(response: IncomingMessage): Promise<ProofFile> {
  const status = response.statusCode ?? 0
  try {
    if (status >= 300 && status < 400) return { failed: 'file_redirect', seen: `${status} ${response.headers.location ?? ''}` }
    if (status !== 200) return { failed: 'file_status', seen: String(status) }
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > MAX_BYTES) return { failed: 'file_too_large', seen: '' }
      chunks.push(chunk)
    }
    return { text: Buffer.concat(chunks).toString('utf8') }
  } finally {
    response.destroy()
  }
}

const TLS = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$)/

function failure(error: unknown): ProofFile {
  const { code: raw, name } = error as { code?: unknown; name?: unknown }
  const code = String(raw ?? 'unknown')
  if (code === 'EPRIVATE') return { failed: 'file_private', seen: '' }
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT') return { failed: 'file_timeout', seen: '' }
  if (code === 'ENOTFOUND' || code === 'ENODATA' || code.startsWith('EAI_')) return { failed: 'file_unresolved', seen: '' }
  return { failed: TLS.test(code) ? 'file_tls' : 'file_unreachable', seen: code }
}
