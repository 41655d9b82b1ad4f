import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { calculateJwkThumbprint, decodeProtectedHeader } from 'jose'
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { decrypt, encrypt } from '#lib/secrets/index.ts'
import { type RefreshInUse, requestState } from './request-state.ts'
import { findArtifact, insertArtifact } from './store/artifacts.sql.ts'
import { hashId } from './store/hash-id.ts'

// The reuse leeway (RFC 9700 §4.14.2 leaves room for it): within some seconds of its first use, a rotated refresh token gets that use's
// answer once more, for clients that lost it or sent two requests at once. It is off unless the owner of a client turns it on.

const KIND = 'RefreshReplay'
/** How long a second use waits for the first, which is being answered at that moment. */
const PATIENCE_MS = 3_000
const STEP_MS = 40

type Kept = { body: object; fingerprint: string; exp: number }

/** Asked by the library before it uses up a refresh token: whether it rotates. Also the moment that says which token is in use. */
export async function beginRefresh(ctx: KoaContextWithOIDC): Promise<boolean> {
  const { RefreshToken: token, Client: client } = ctx.oidc.entities
  if (!token || !client) return true
  const snapshot = requestState(ctx)?.clients.get(client.clientId)
  // A token may stay only where it is of no use to a thief: with a public client bound to its key, else to the client's own proof.
  const stays = snapshot?.rotate_refresh_tokens === false && (client.clientAuthMethod !== 'none' || token.isSenderConstrained())
  if (!stays) noteRefresh(ctx, token)
  return !stays
}

/** Remembers which refresh token this request uses, if its client has a leeway. */
export function noteRefresh(ctx: KoaContextWithOIDC, token: { jti?: string; grantId?: string | undefined }): void {
  const state = requestState(ctx)
  const client = ctx.oidc.client && state?.clients.get(ctx.oidc.client.clientId)
  if (!state || !client || !token.jti || !token.grantId || client.refresh_reuse_leeway <= 0) return
  state.refreshing = { tokenId: token.jti, grantId: token.grantId, clientId: client.id, leeway: client.refresh_reuse_leeway }
}

/**
 * Called where a refresh token turns out to be used already, after everything else about the request was found right. Within the leeway
 * it takes the first use's answer and ends the request with it; else it returns, and the family ends.
 * @throws errors.InvalidGrant, which {@link keepRefreshAnswers} replaces by that answer
 */
export async function answerAgain(consumedAt?: number): Promise<void> {
  const ctx = Provider.ctx as KoaContextWithOIDC | undefined
  const state = ctx && requestState(ctx)
  const inUse = state?.refreshing
  if (!ctx || !state || !inUse) return
  if (consumedAt !== undefined && Date.now() / 1000 - consumedAt > inUse.leeway) return
  const kept = await find(inUse)
  if (!kept || kept.fingerprint !== (await fingerprint(ctx))) return
  state.replay = kept.body
  throw new errors.InvalidGrant('answered again')
}

/** Keeps the answer of a refresh for the leeway before it is sent, and sends it once more where it was asked for. */
export async function keepRefreshAnswers(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  const state = requestState(ctx)
  if (!state?.refreshing) return
  if (state.replay) {
    ctx.status = 200
    ctx.type = 'json'
    ctx.body = state.replay
    delete state.error
  } else if (ctx.status === 200 && ctx.body && typeof ctx.body === 'object') {
    await keep(ctx, state.refreshing, ctx.body)
  }
}

async function keep(ctx: KoaContextWithOIDC, inUse: RefreshInUse, body: object): Promise<void> {
  const idHash = hashId(KIND, inUse.tokenId)
  const exp = Date.now() + inUse.leeway * 1000
  const kept: Kept = { body, fingerprint: await fingerprint(ctx), exp }
  await insertArtifact({
    idHash,
    kind: KIND,
    // Of the family: what ends that ends this.
    grantHash: hashId('Grant', inUse.grantId),
    uidHash: null,
    userCodeHash: null,
    accountSessionId: null,
    redirectUri: null,
    clientId: inUse.clientId,
    accountId: null,
    domainId: null,
    mode: null,
    scope: null,
    payload: encrypt('oidc-artifact', JSON.stringify(kept), idHash),
    expiresAt: new Date(exp),
  })
}

async function find({ tokenId }: RefreshInUse): Promise<Kept | null> {
  const idHash = hashId(KIND, tokenId)
  for (const until = Date.now() + PATIENCE_MS; ; await wait(STEP_MS)) {
    const row = await findArtifact(idHash)
    if (row) {
      const kept = JSON.parse(decrypt('oidc-artifact', row.payload, idHash).toString()) as Kept
      return kept.exp >= Date.now() ? kept : null
    }
    if (Date.now() >= until) return null
  }
}

/** The same request: the same scopes, resource and key. Another one would not be answered by the same tokens. */
async function fingerprint(ctx: KoaContextWithOIDC): Promise<string> {
  const { scope, resource } = (ctx.oidc.params ?? {}) as { scope?: string; resource?: string | string[] }
  const proof = ctx.get('dpop')
  const { jwk } = proof ? decodeProtectedHeader(proof) : {}
  const key = jwk ? await calculateJwkThumbprint(jwk) : ''
  return createHash('sha256')
    .update(JSON.stringify([scope ?? '', resource ?? '', key]))
    .digest('base64url')
}
