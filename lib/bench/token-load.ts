import autocannon from 'autocannon'

export type Load = { perSecond: number; p50: number; p99: number }
export type TokenTarget = { name: string; url: string; clientId: string; clientSecret: string }

const CONNECTIONS = 32

/**
 * Asks `target` for client-credentials tokens over 32 connections for `seconds`. Milliseconds for the latencies.
 * @throws Error when an answer is not a token: a fast refusal is no result.
 */
export async function tokenLoad(target: TokenTarget, seconds: number): Promise<Load> {
  const result = await autocannon({
    url: target.url,
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${target.clientId}:${target.clientSecret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
    connections: CONNECTIONS,
    duration: seconds,
  })
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) {
    throw new Error(`${target.name}: ${result.non2xx} refusals and ${result.errors} errors in ${result.requests.total} requests`)
  }
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}

/** The middle one of several measurements, by tokens per second. */
export function median(loads: Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.perSecond - b.perSecond)
  return sorted[Math.floor((sorted.length - 1) / 2)] as Load
}
