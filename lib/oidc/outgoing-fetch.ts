import { outgoingRequest } from '#lib/outgoing/index.ts'
import { edwardsNamesInDocument } from './edwards-keys.ts'

/**
 * What the library fetches with: key sets of clients, the only thing it asks other hosts for. Public addresses, no redirects, 64 KB,
 * 2.5 s; log-out tokens are delivered by lib/logouts.
 */
export async function outgoingFetch(url: string | URL | Request, options: RequestInit = {}): Promise<Response> {
  const address = url instanceof Request ? url.url : String(url)
  const headers = Object.fromEntries(new Headers(options.headers))
  delete headers['user-agent']
  const answer = await outgoingRequest(address, { headers, timeoutMs: 2_500 })
  // A Response with a body may not have these statuses; no key set comes with one.
  const body = [204, 205, 304].includes(answer.status) ? null : new Uint8Array(edwardsNamesInDocument(answer.body))
  return new Response(body, { status: answer.status < 200 ? 502 : answer.status, headers: answer.headers })
}
