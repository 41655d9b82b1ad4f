import { EventEmitter } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import path from 'node:path'
import nextModule from 'next'
import { env } from '#lib/env.ts'
import { StartError } from './start-error.ts'

// Next is CommonJS: Node gives its function as the default, while its types describe a module with one.
const next = nextModule as unknown as typeof nextModule.default

export type Pages = {
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** Development only: takes the connections over which pages reload. */
  listenTo: ((server: Server) => void) | undefined
}

/** Prepares Next, which renders every page. @throws StartError when the pages were built and what is there of them is not whole */
export async function startPages(): Promise<Pages> {
  const { development, HOST, PORT } = env()
  // Next hooks `upgrade` on the server that a request came by, in production too. One listener is enough for Node to hand over every request
  // with an `Upgrade` header instead of having it answered, as RFC 9110 §7.8 wants where a protocol is not spoken. So Next gets a server to
  // hook that is none.
  const upgrades = new EventEmitter()
  const httpServer = upgrades as Server
  const dir = path.resolve(import.meta.dirname, '../..')
  const app = next({ dev: development, dir, hostname: HOST, port: PORT, customServer: true, httpServer })
  await app.prepare().catch((cause: Error) => {
    if (development) throw cause
    const build = path.join(dir, '.next')
    throw new StartError(
      `the built pages in ${build} cannot be used (${cause.message}): remove that folder, and the next start builds them anew`,
      { cause },
    )
  })
  const handle = app.getRequestHandler()
  return {
    handle: (req, res) => handle(req, res),
    listenTo: development
      ? (server) => server.on('upgrade', (...args) => upgrades.emit('upgrade', ...args) || args[1].destroy())
      : undefined,
  }
}
