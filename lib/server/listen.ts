import { createServer, type Server } from 'node:net'
import { env } from '#lib/env.ts'
import { StartError } from './start-error.ts'

/** Says what is wrong with HOST before anything is started, at a port that is free. @throws StartError */
export async function checkHost(): Promise<void> {
  await tryListening(0)
}

/** Listens at HOST and a port for a moment. @throws StartError */
export async function tryListening(port?: number): Promise<void> {
  const probe = createServer()
  await listen(probe, port)
  await new Promise((resolve) => probe.close(resolve))
}

/** Makes `server` listen at HOST and PORT. @throws StartError that names the variable to change */
export async function listen(server: Server, port = env().PORT): Promise<void> {
  const { HOST } = env()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, HOST, () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    throw new StartError(reasonOf(error as NodeJS.ErrnoException, port, HOST), { cause: error })
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is in use by another program; set PORT`
  if (code === 'EACCES') return `port ${port} needs more rights; set PORT to one above 1023`
  if (code === 'EADDRNOTAVAIL') return `HOST ${host} is not an address of this machine`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `HOST ${host} is a name that leads to no address`
  return `HOST ${host} cannot be listened on (${message})`
}
