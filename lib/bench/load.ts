import autocannon from 'autocannon'

export type Load = { perSecond: number; p50: number; p99: number }

export type Target = {
  name: string
  url: string
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** A body of its own for each request, in place of `body`; as many requests as there are bodies. */
  bodies?: string[]
  /** Headers of its own for each of `count` requests. */
  each?: { count: number; headers: () => Record<string, string> }
  /** Told every answer's body. */
  onAnswer?: (body: string) => void
}

/** Two loads in turns: what ours cost against the reference, round by round. */
export type Comparison = { ours: Load; reference: Load; ratio: number }

const CONNECTIONS = 32
const WARM_UP_SECONDS = 2

/**
 * Loads both targets in turns, `rounds` times for `seconds` each, after a warm-up. The ratio is the median of the rounds': within a
 * round both met the same machine; over all rounds it may have been busier or calmer.
 */
export async function compare(targets: { ours: Target; reference: Target }, rounds: number, seconds: number): Promise<Comparison> {
  const loads: { ours: Load[]; reference: Load[] } = { ours: [], reference: [] }
  for (const who of ['ours', 'reference'] as const) await run(targets[who], WARM_UP_SECONDS)
  for (let round = 0; round < rounds; round++) {
    for (const who of ['ours', 'reference'] as const) {
      const load = await run(targets[who], seconds)
      loads[who].push(load)
      console.error(`round ${round + 1} ${targets[who].name}: ${load.perSecond.toFixed(0)}/s`)
    }
  }
  return judge(loads)
}

/** The comparison that rounds of loads make. */
export function judge(loads: { ours: Load[]; reference: Load[] }): Comparison {
  const ratios = loads.ours
    .map(({ perSecond }, round) => perSecond / (loads.reference[round]?.perSecond ?? Number.NaN))
    .sort((a, b) => a - b)
  return { ours: median(loads.ours), reference: median(loads.reference), ratio: ratios[Math.floor((ratios.length - 1) / 2)] ?? Number.NaN }
}

/**
 * Requests over 32 connections for `seconds`, or one for each of the target's bodies. Milliseconds for the latencies.
 * @throws Error when an answer is not a success: a fast refusal is no result.
 */
export async function run(target: Target, seconds: number): Promise<Load> {
  const { name, bodies, each, onAnswer, ...request } = target
  const amount = bodies?.length ?? each?.count
  let next = 0
  const setupRequest = (plain: object) => ({
    ...plain,
    ...(bodies ? { body: bodies[next++ % bodies.length] as string } : {}),
    ...(each ? { headers: each.headers() } : {}),
  })
  const begin = performance.now()
  let last = begin
  const onResponse = (_status: number, body: string) => {
    // The tool itself tells a duration in whole seconds.
    last = performance.now()
    onAnswer?.(body)
  }
  const result = await autocannon({
    ...request,
    connections: CONNECTIONS,
    ...(amount ? { amount, requests: [{ setupRequest, onResponse }] } : { duration: seconds }),
  })
  if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0) {
    throw new Error(`${name}: ${result.non2xx} refusals and ${result.errors} errors in ${result.requests.total} requests`)
  }
  const perSecond = amount ? result['2xx'] / ((last - begin) / 1000) : result.requests.average
  return { perSecond, p50: result.latency.p50, p99: result.latency.p99 }
}

/** The middle one of several measurements, by requests per second. */
function median(loads: Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.perSecond - b.perSecond)
  return sorted[Math.floor((sorted.length - 1) / 2)] as Load
}
