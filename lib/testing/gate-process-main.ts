// The child of gate-process.ts.
import { pool } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { checkGate } from '#lib/gate/index.ts'
import { startLimits } from '#lib/limits/index.ts'
import { loadDataKeys } from '#lib/secrets/index.ts'
import type { GateQuestion } from './gate-process.ts'

await loadDataKeys(pool() as never, env().APP_SECRET as string)
await startLimits()

process.on('message', async ({ headers, times, ip = '203.0.113.7' }: GateQuestion) => {
  const asked = Array.from({ length: times }, () => checkGate({ headers: headers.flat(), ip, secure: true, now: new Date(), use: 'api' }))
  const results = await Promise.allSettled(asked)
  process.send?.(
    results.map((result) => (result.status === 'rejected' ? String(result.reason) : result.value.ok ? 'ok' : result.value.code)),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
