// Owns what every request meets first: its id, the caller's address behind trusted proxies, security headers, limits, and the lane
// it goes down. Knows the lanes' handlers only as functions.
export { answerError, answerJson } from './answer.ts'
export { type CidrList, canonicalIp, cidrList, clientAddress } from './client-address.ts'
export { createListener, type Handler, type LaneOptions } from './lanes.ts'
