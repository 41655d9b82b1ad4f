import type { IncomingMessage } from 'node:http'
import { Provider } from 'oidc-provider'
import type { AccountSession } from '#lib/accounts/index.ts'
import type { RegisteredClient } from '#lib/clients/index.ts'
import { factsOf } from '#lib/request-facts.ts'
import type { ResourceServerDto } from '#lib/resources/index.ts'
import type { FoundGrant } from './store/artifacts.sql.ts'
import type { ClientSnapshot } from './store/client-snapshot.sql.ts'

/** What one request through the provider has learned so far; the library's own context has no room for it. */
export type RequestState = {
  clients: Map<string, ClientSnapshot>
  /** The caller's address, as the server's listener resolved it. */
  ip: string | null
  /** The secret that authenticated the client, once proven. */
  secret?: { id: string; mode: 'test' | 'live'; domains: string[] | null }
  /** The public client that named itself by HTTP Basic. */
  nameOfBasic?: string
  /** The person was sent back to the client, logged in. */
  loggedIn?: true
  /** What the request failed with. */
  error?: Error
  accountSession?: Promise<AccountSession | null>
  /** Where the grants that this request has read were authorized from. */
  grantsRead: Map<string, { redirectUri: string | null; domainId: string | null; accountSessionId: string | null }>
  /** Grants that came along with what stands on them, by their hash: read once, the request sees one of them throughout. */
  grantsFound: Map<string, FoundGrant>
  /** Resource servers that were asked for, by identifier: each is read once a request. */
  resourceServers: Map<string, Promise<ResourceServerDto | null>>
  /** What is being written for the answer, which waits for it. */
  writes: Promise<void>[]
  /** The refresh token that is being used, where its client has a leeway for using it twice. */
  refreshing?: RefreshInUse
  /** The answer of a token's first use, in place of a refusal. */
  replay?: object
  /** The token exchange that this request is: who acts, and until when the subject token lives (seconds). */
  exchange?: { act: object; longest: number }
  /** The initial access token of a registration, and what came of it. */
  registration?: { tokenId: string; teamId: string }
  registered?: RegisteredClient
  /** The grant of an authorization that may still end in a question: stored with the code that it is for, and by that alone. */
  unsavedGrant?: { id: string; save: () => Promise<void> }
  /** Columns for the grant that is being created. */
  grantOrigin?: GrantOrigin
}

export type RefreshInUse = { tokenId: string; grantId: string; clientId: string; leeway: number }

export type GrantOrigin = {
  accountSessionId: string | null
  redirectUri: string
  domainId: string | null
  mode: 'test' | 'live'
  /** The family that this one came from by token exchange, and ends with. */
  parent?: Buffer
}

const STATE = Symbol('request state')
type Stateful = { req: IncomingMessage; [STATE]?: RequestState | undefined }

/** Drops the state of a request that was answered. */
export function forgetState(ctx: object): void {
  ;(ctx as Stateful)[STATE] = undefined
}

/** The state of a request; `ctx` defaults to the one that is running (the library keeps it in an AsyncLocalStorage). */
export function requestState(ctx: object | undefined = Provider.ctx): RequestState | undefined {
  if (!ctx) return undefined
  const stateful = ctx as Stateful
  stateful[STATE] ??= {
    clients: new Map(),
    grantsRead: new Map(),
    grantsFound: new Map(),
    resourceServers: new Map(),
    writes: [],
    ip: factsOf(stateful.req)?.ip ?? null,
  }
  return stateful[STATE]
}
