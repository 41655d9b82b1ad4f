import type { RequestRow } from './request-row.ts'
export function recordRequest(_row: RequestRow): void {}
export async function flushRequests(): Promise<void> {}
export function startRequestLog(): void {}
export async function stopRequestLog(): Promise<void> {}
export function requestLogCounters() { return { buffered: 0, written: 0, dropped: 0, capped: 0 } }
