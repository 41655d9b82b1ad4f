import { readFileSync } from 'node:fs'
import path from 'node:path'
import { freePort, type ServerProcess, startServer, temporaryDataDir } from './server-process.ts'

/** What another process needs to join the installation of `server`. */
export function sharing(server: ServerProcess): Record<string, string> & { DATABASE_URL: string } {
  const owner = JSON.parse(readFileSync(path.join(server.dataDir, 'owner.json'), 'utf8')) as { url: string }
  return {
    DATABASE_URL: owner.url,
    APP_SECRET: readFileSync(path.join(server.dataDir, 'app-secret'), 'utf8').trim(),
    PUBLIC_URL: server.url,
  }
}

/** A second process on the PostgreSQL of the first. */
export async function startSecond(first: ServerProcess, env: Record<string, string> = {}): Promise<ServerProcess> {
  return startServer({ port: await freePort(), dataDir: temporaryDataDir(), env: { ...sharing(first), ...env } })
}

/** Where both answer: the first by the address that people see, the second by its own port. */
export function originsOf(first: ServerProcess, second: ServerProcess): [string, string] {
  return [first.url, `http://localhost:${second.port}`]
}
