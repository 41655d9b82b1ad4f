declare module 'autocannon' {
  type Dynamic = { body?: string; headers?: Record<string, string> }
  type Options = {
    url: string
    method: 'GET' | 'POST'
    headers?: Record<string, string>
    body?: string
    connections: number
    /** Seconds. */
    duration?: number
    /** Requests, in place of a duration. */
    amount?: number
    requests?: {
      setupRequest?: (request: Dynamic) => Dynamic
      onResponse?: (status: number, body: string) => void
    }[]
  }
  type Result = {
    requests: { average: number; total: number }
    latency: { p50: number; p99: number }
    '2xx': number
    non2xx: number
    errors: number
  }
  /** The part that the benchmark uses: the package has no types of its own. */
  export default function autocannon(options: Options): Promise<Result>
}
