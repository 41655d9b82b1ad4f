import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { peekSingleton, setSingleton, singleton } from '#lib/registry.ts'
import { factsOf } from '#lib/request-facts.ts'
import { sha256 } from '#lib/secrets/index.ts'
import { answerError } from './answer.ts'
import { canonicalIp } from './client-address.ts'

type Metrics = { registry: Registry; requests: Counter<'lane' | 'status'>; duration: Histogram<'lane'> }

function metrics(): Metrics {
  return singleton('http.metrics', () => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    return {
      registry,
      requests: new Counter({
        name: 'xwms_http_requests_total',
        help: 'Answered requests by lane and status class',
        labelNames: ['lane', 'status'],
        registers: [registry],
      }),
      duration: new Histogram({
        name: 'xwms_http_request_duration_seconds',
        help: 'Time from the request head to the end of the answer, by lane',
        labelNames: ['lane'],
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        registers: [registry],
      }),
    }
  })
}

/** Adds a figure that is read whenever the metrics are. */
export function addGauge(name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [metrics().registry],
    collect() {
      this.set(read())
    },
  })
}

/** Adds a counter whose values, one a combination of labels, are kept elsewhere and read whenever the metrics are. */
export function addCounter(
  name: string,
  help: string,
  labelNames: string[],
  read: () => [labels: Record<string, string>, value: number][],
): void {
  new Counter({
    name,
    help,
    labelNames,
    registers: [metrics().registry],
    collect() {
      this.reset()
      for (const [labels, value] of read()) this.inc(labels, value)
    },
  })
}

/** Counts one answered request. */
export function countRequest(lane: string, status: number, seconds: number): void {
  const { requests, duration } = metrics()
  requests.inc({ lane, status: `${Math.floor(status / 100)}xx` })
  duration.observe({ lane }, seconds)
}

/**
 * `/metrics` for Prometheus. With a token: to who bears it. Without: to loopback only, and never to a request that came through a
 * proxy, which would make everyone look like loopback.
 */
export async function answerMetrics(req: IncomingMessage, res: ServerResponse, token: string | undefined): Promise<void> {
  if (!allowed(req, token))
    return answerError(res, token ? 401 : 403, token ? 'invalid_token' : 'permission_denied', 'Metrics are not for you')
  const text = await metricsText()
  res.writeHead(200, { 'Content-Type': metrics().registry.contentType, 'Cache-Control': 'no-store' })
  res.end(text)
}

/** All figures, in the text format of Prometheus: of this process, or of all workers where {@link setMetricsSource} says how to get them. */
export function metricsText(): Promise<string> {
  const source = peekSingleton<() => Promise<string>>(SOURCE)
  return source ? source() : metrics().registry.metrics()
}

const SOURCE = 'http.metrics-source'

/** Where `/metrics` gets its text from, in place of this process's own registry. */
export function setMetricsSource(source: () => Promise<string>): void {
  setSingleton(SOURCE, source)
}

/** The figures of this process. */
export function metricsRegistry(): Registry {
  return metrics().registry
}

function allowed(req: IncomingMessage, token: string | undefined): boolean {
  if (token) return timingSafeEqual(sha256(req.headers.authorization ?? ''), sha256(`Bearer ${token}`))
  const ip = canonicalIp(req.socket.remoteAddress)
  return factsOf(req)?.forwarded === false && ip !== null && (ip === '::1' || ip.startsWith('127.'))
}
