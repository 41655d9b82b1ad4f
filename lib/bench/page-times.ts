import { Agent, get } from 'node:http'

/** A page to ask for, as its reader: `cookie` is their session. */
export type Asked = { url: string; cookie?: string }

/** Milliseconds from asking to the last byte. */
export type PageTime = { median: number; p99: number }

const TIMEOUT_MS = 60_000

/**
 * Asks for all pages in turns, so that all meet the same machine: `times` times each after a warm-up, two at a time. As a browser does: over kept
 * connections, compressed. @throws Error when an answer is no 200
 */
export async function timePages(pages: readonly Asked[], times: number, warmUp = 10): Promise<PageTime[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const taken = pages.map((): number[] => [])
  for (let round = 0; round < warmUp + times; round += 2) {
    for (const [index, page] of pages.entries()) {
      const both = await Promise.all([ask(page, agent), ask(page, agent)])
      if (round >= warmUp) taken[index]?.push(...both)
    }
  }
  agent.destroy()
  return taken.map((all) => {
    const sorted = all.sort((a, b) => a - b)
    return { median: sorted[sorted.length >> 1] ?? Number.NaN, p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN }
  })
}

function ask({ url, cookie = '' }: Asked, agent: Agent): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const began = performance.now()
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip', cookie }
  const request = get(url, { agent, headers, timeout: TIMEOUT_MS }, (response) => {
    if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`))
    response.resume().once('end', () => resolve(performance.now() - began))
  })
  request.once('error', reject).once('timeout', () => request.destroy(new Error(`${url} did not answer in a minute`)))
  return promise
}
