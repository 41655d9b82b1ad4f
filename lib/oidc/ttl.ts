import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { requestState } from './request-state.ts'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** Seconds, unless the client has its own. RFC 9700 §2.2: access tokens are short-lived, refresh tokens rotate and end some day. */
const DEFAULTS = { access: 15 * MINUTE, id: HOUR, refreshIdle: 30 * DAY }

/** A family ends this long after its authorization, however often it was refreshed. */
const FAMILY_CAP = 90 * DAY

/** The account session decides how long single sign-on lasts; this is only the upper bound. */
export const SESSION_TTL = 30 * DAY

/** A person has this long to enter a device's code. */
export const DEVICE_CODE_TTL = 10 * MINUTE

type Policy = 'access_token_ttl' | 'id_token_ttl' | 'refresh_token_ttl' | 'refresh_token_cap'

function own(ctx: KoaContextWithOIDC | undefined, client: Client | undefined, policy: Policy): number | null | undefined {
  return client && requestState(ctx)?.clients.get(client.clientId)?.[policy]
}

/** A family that no refresh token will be of lives until the access token of its code has ended, with a minute for what lies between. */
function familyLife(ctx: KoaContextWithOIDC): number {
  const { client } = ctx.oidc
  const cap = own(ctx, client, 'refresh_token_cap') ?? FAMILY_CAP
  if (client?.grantTypeAllowed('refresh_token') && ctx.oidc.requestParamScopes.has('offline_access')) return cap
  const lives = Object.values(ctx.oidc.resourceServers ?? {}).flatMap(({ accessTokenTTL }) => accessTokenTTL ?? [])
  return Math.max(own(ctx, client, 'access_token_ttl') ?? DEFAULTS.access, ...lives) + DEVICE_CODE_TTL + MINUTE
}

/** Lifetimes in seconds, as the library asks for them. */
export const ttl: Configuration['ttl'] = {
  AuthorizationCode: 60,
  DeviceCode: DEVICE_CODE_TTL,
  AccessToken: (ctx, token, client) => {
    const life = token.resourceServer?.accessTokenTTL ?? own(ctx, client, 'access_token_ttl') ?? DEFAULTS.access
    // A token from another one does not outlive it.
    return Math.max(1, Math.min(life, requestState(ctx)?.exchange?.longest ?? life))
  },
  ClientCredentials: (ctx, token, client) =>
    token.resourceServer?.accessTokenTTL ?? own(ctx, client, 'access_token_ttl') ?? DEFAULTS.access,
  IdToken: (ctx, _token, client) => own(ctx, client, 'id_token_ttl') ?? DEFAULTS.id,
  RefreshToken: (ctx, token, client) => {
    const idle = own(ctx, client, 'refresh_token_ttl') ?? DEFAULTS.refreshIdle
    const age = token.iiat ? Math.floor(Date.now() / 1000) - token.iiat : 0
    const cap = own(ctx, client, 'refresh_token_cap') ?? FAMILY_CAP
    return Math.max(1, Math.min(idle, cap - age))
  },
  Grant: (ctx) => requestState(ctx)?.exchange?.longest ?? familyLife(ctx),
  Interaction: 30 * MINUTE,
  Session: SESSION_TTL,
}
