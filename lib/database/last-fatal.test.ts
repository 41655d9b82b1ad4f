import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { lastFatal } from './last-fatal.ts'

const EARLIER = '2026-11-29 05:12:57.625 UTC [29218] FATAL:  terminating connection due to administrator command\n'
const FULL = 'could not write lock file "/data/postmaster.pid": No space left on device'
const NOW = `2026-11-29 05:22:18.085 UTC [1] LOG:  starting\n2026-11-29 05:22:18.085 UTC [1] FATAL:  ${FULL}\n2026-11-29 05:22:18.087 UTC [1] LOG:  shut down\n`

it('finds why PostgreSQL ended now, not why something ended before', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'xwms-fatal-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const file = path.join(dir, 'postgres.log')
  expect(lastFatal(file, 0)).toBeUndefined()
  writeFileSync(file, EARLIER)
  expect(lastFatal(file, EARLIER.length)).toBeUndefined()
  writeFileSync(file, EARLIER + NOW)
  expect(lastFatal(file, EARLIER.length)).toBe(FULL)
  expect(lastFatal(file, 5_000_000)).toBe(FULL)
})
