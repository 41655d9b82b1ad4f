import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import nextModule from 'next'
import { env } from '#lib/env.ts'

// Next is CommonJS: Node gives its function as the default, while its types describe a module with one.
const next = nextModule as unknown as typeof nextModule.default

type Pages = {
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  /** Development only: the socket over which pages reload. */
  upgrade: ((req: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined
}

/** Prepares Next, which renders every page. */
export async function startPages(): Promise<Pages> {
  const { development, HOST, PORT } = env()
  const app = next({ dev: development, dir: path.resolve(import.meta.dirname, '../..'), hostname: HOST, port: PORT, customServer: true })
  await app.prepare()
  const handle = app.getRequestHandler()
  return { handle: (req, res) => handle(req, res), upgrade: development ? app.getUpgradeHandler() : undefined }
}
