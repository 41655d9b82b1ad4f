import type { IncomingMessage } from 'node:http'

const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/is

/**
 * The path and query that a request is for. RFC 9112 §3.2.2: a server takes a whole address as well, which counts over Host; only `host` is ours.
 * Undefined: another server's address, or no path at all.
 */
export function originForm(target: string, host: string): string | undefined {
  if (target.startsWith('/')) return target
  const [, authority = '', rest = ''] = ABSOLUTE.exec(target) ?? []
  // As a URL writes it: neither case nor the port that goes without saying counts, and TLS may have ended before us.
  const ours = ['http:', 'https:'].some((scheme) => URL.parse(`${scheme}//${authority}`)?.host === host)
  if (!ours || authority.includes('@')) return undefined
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** RFC 9112 §3.2: a request of HTTP/1.1 has exactly one Host. Node looks for one, and takes the first of several. */
export function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0')
}

/**
 * `target` with a path that can be decoded: escapes that make no UTF-8 (`/clients/%FF`) stand for themselves. Such an address has nothing at it, and
 * whoever came to it should hear that; Next answers with a 500.
 */
export function decodableTarget(target: string): string {
  const [path = '', ...query] = target.split('?')
  if (!path.includes('%')) return target
  try {
    decodeURIComponent(path)
    return target
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?')
  }
}
