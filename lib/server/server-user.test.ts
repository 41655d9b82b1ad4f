import { chownSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { isRunning, type ServerProcess, startServer, temporaryDataDir } from '#lib/testing/server-process.ts'

// Each test starts a real server, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const NOBODY = 65534
let server: ServerProcess | undefined

const dataDir = temporaryDataDir()

afterEach(async () => {
  await server?.dispose()
})

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('as root or as the present user: nothing to set up', async () => {
  server = await startServer()
  expect(isRunning(server.postgresPid() ?? 0)).toBe(true)
  expect(statSync(path.join(server.dataDir, 'app-secret')).mode & 0o777).toBe(0o600)
})

// Only root can become someone else; everybody else has just been tested above.
if (process.getuid?.() === 0) {
  test('as a plain user', async () => {
    chownSync(dataDir, NOBODY, NOBODY)
    server = await startServer({ dataDir, uid: NOBODY, env: { HOME: dataDir } })
    expect(statSync(path.join(dataDir, 'app-secret')).uid).toBe(NOBODY)
    expect(await server.stop()).toEqual({ code: 0, signal: null })
  })
}
