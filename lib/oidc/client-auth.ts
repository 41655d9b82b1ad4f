import { timingSafeEqual } from 'node:crypto'
import type { Provider } from 'oidc-provider'
import { noteSecretUse } from '#lib/clients/index.ts'
import { checksumOk, hashClientSecret } from '#lib/secrets/index.ts'
import { requestState } from './request-state.ts'

type ClientPrototype = { clientId: string; compareClientSecret(actual: string): Promise<boolean> }

/**
 * Replaces the library's comparison with one plain secret by ours: several hashed secrets, each with its mode. The library awaits
 * the answer. A secret with a wrong checksum is refused without hashing; the others cost the same whether or not one fits.
 */
export function installSecretComparison(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as ClientPrototype
  prototype.compareClientSecret = async function compareClientSecret(actual: string): Promise<boolean> {
    const state = requestState()
    const client = state?.clients.get(this.clientId)
    if (!state || !client || !checksumOk(actual)) return false
    const hash = hashClientSecret(actual)
    let match: (typeof client.secrets)[number] | undefined
    for (const secret of client.secrets) {
      if (timingSafeEqual(hash, Buffer.from(secret.hash, 'hex'))) match = secret
    }
    if (!match) return false
    state.secret = { id: match.id, mode: match.mode, domains: match.domains }
    noteSecretUse(match.id, state.ip)
    return true
  }
}
