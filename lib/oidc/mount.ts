import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { KEYS_CHANNEL, signingKeys } from '#lib/keys/index.ts'
import { log } from '#lib/log.ts'
import { notifications } from '#lib/notifications.ts'
import { peekSingleton, setSingleton } from '#lib/registry.ts'
import { createProvider } from './provider.ts'

type Mounted = { provider: Provider; handle: (req: IncomingMessage, res: ServerResponse) => void; kids: string }

const NAME = 'oidc.mounted'
const PREFIX = '/oidc'

/** Starts the provider of this process and keeps its keys up to date. Returns the handler of `/oidc/**`. */
export async function startOidc(): Promise<typeof serveOidc> {
  await refreshProvider()
  notifications().on(KEYS_CHANNEL, () => {
    refreshProvider().catch((err) => log().error({ err }, 'signing keys not reloaded'))
  })
  return serveOidc
}

/** Starts the provider unless this process has one: for hosts that run only Next, where no server did. */
export async function startOidcOnce(): Promise<void> {
  if (!peekSingleton<Mounted>(NAME)) await startOidc()
}

/** Handles one request below `/oidc` with the present provider. */
export function serveOidc(req: IncomingMessage & { originalUrl?: string }, res: ServerResponse): void {
  const mounted = peekSingleton<Mounted>(NAME)
  if (!mounted) throw new Error('the provider is not started')
  const url = req.url ?? PREFIX
  req.originalUrl = url
  req.url = url.slice(PREFIX.length) || '/'
  mounted.handle(req, res)
}

/** The provider of this process; made on first use where no server started it (a host that runs only Next). */
export async function currentProvider(): Promise<Provider> {
  if (!peekSingleton<Mounted>(NAME)) await refreshProvider()
  return (peekSingleton<Mounted>(NAME) as Mounted).provider
}

/** The library fixes its keys at construction, so changed keys take a new provider; requests under way finish with theirs. */
async function refreshProvider(): Promise<void> {
  const keys = await signingKeys()
  const kids = keys.keys.map((key) => key.kid).join(' ')
  if (peekSingleton<Mounted>(NAME)?.kids === kids) return
  const provider = createProvider(keys)
  setSingleton<Mounted>(NAME, { provider, handle: provider.callback(), kids })
}
