// Owns what every request meets first: its id, the caller's address behind trusted proxies, security headers, limits, and the lane
// it goes down. Knows the lanes' handlers only as functions.
export { type CidrList, cidrList } from './client-address.ts'
export { clientErrorListener } from './client-error.ts'
export { createListener, type Handler, type LaneOptions } from './lanes.ts'
export { addCounter, addGauge, metricsRegistry, metricsText, setMetricsSource } from './metrics.ts'
