import type { ServerResponse } from 'node:http'
import { pendingMigrations } from '#lib/database/index.ts'
import { pool } from '#lib/db.ts'
import { log } from '#lib/log.ts'
import { answerJson } from './answer.ts'

const READY_TIMEOUT_MS = 2_000

/** `/healthz`: the process runs and its event loop turns. Says nothing about the database, so that nobody restarts us for its sake. */
export function answerHealth(res: ServerResponse): void {
  answerJson(res, 200, { status: 'ok' })
}

/** `/readyz`: 200 when the database answers within 2 s and has every migration of this release; 503 otherwise. */
export async function answerReady(res: ServerResponse, stopping: boolean): Promise<void> {
  if (stopping) return answerJson(res, 503, { status: 'stopping' })
  const checks = await databaseChecks()
  const ready = Object.values(checks).every((state) => state === 'ok')
  answerJson(res, ready ? 200 : 503, { status: ready ? 'ready' : 'unavailable', checks })
}

async function databaseChecks(): Promise<{ database: string; migrations: string }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${READY_TIMEOUT_MS} ms`)), READY_TIMEOUT_MS)
  })
  try {
    const pending = await Promise.race([pendingMigrations(pool()), late])
    return { database: 'ok', migrations: pending.length === 0 ? 'ok' : 'pending' }
  } catch (err) {
    log().warn({ err }, 'not ready')
    return { database: 'unreachable', migrations: 'unknown' }
  } finally {
    clearTimeout(timer)
  }
}
