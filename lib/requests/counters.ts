import { singleton } from '#lib/registry.ts'

/** Of this process since it began; `buffered` is now. */
export type RequestLogCounters = {
  buffered: number
  written: number
  /** The buffer was full while PostgreSQL was away, or a row could not be stored. */
  dropped: number
  /** Requests without proof beyond what one address may fill. */
  capped: number
}

/** The counts of this process, to be added to. */
export function counters(): Omit<RequestLogCounters, 'buffered'> {
  return singleton('requests.counters', () => ({ written: 0, dropped: 0, capped: 0 }))
}
