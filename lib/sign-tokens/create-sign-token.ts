import type { Reach } from '#lib/connections/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { assertClient } from './internal.ts'
import { type CreateSignTokenInput, createSignTokenInput } from './schemas.ts'
import { hashToken, newToken, TOKEN_MS } from './tokens.ts'

export type CreatedSignToken = {
  client_id: string
  /** Sends a person here; proves nothing about anyone. */
  token: string
  email: string | null
  /** ISO 8601: until then `url` must be opened. */
  expires_at: string
  url: string
}

export type CreateInput = CreateSignTokenInput & { reach: Reach; domainId: string | null }

/**
 * Starts a log-in of the acting client on the domain that the gate resolved. @throws AppError unauthenticated, not_found,
 * validation_failed (a redirect URI that is not registered, character by character, for this domain)
 */
export async function createSignToken({ ctx, input }: { ctx: Ctx; input: CreateInput }): Promise<CreatedSignToken> {
  const { reach, domainId } = input
  assertClient(ctx, reach)
  const { redirect_url, email, state } = parseInput(createSignTokenInput, input)
  await checkRedirectUri(reach, domainId, redirect_url)

  const token = newToken('start')
  const expiresAt = new Date(Date.now() + TOKEN_MS)
  await db().signToken.create({
    data: {
      startHash: hashToken('start', token) as Uint8Array<ArrayBuffer>,
      clientId: reach.clientId,
      domainId,
      mode: reach.mode,
      redirectUri: redirect_url,
      state: state ?? null,
      email: email ?? null,
      expiresAt,
    },
  })
  const url = `${env().PUBLIC_URL}/sign/${token}`
  return { client_id: reach.clientId, token, email: email ?? null, expires_at: expiresAt.toISOString(), url }
}

async function checkRedirectUri({ clientId, mode }: Reach, domainId: string | null, uri: string): Promise<void> {
  const refuse = (message: string) =>
    new AppError('validation_failed', { message: `redirect_url: ${message}`, fields: [{ path: 'redirect_url', message }] })
  // PostgreSQL answers a NUL with an error.
  const found = uri.includes('\0') ? 0 : await db().redirectUri.count({ where: { clientId, domainId, kind: 'login', uri } })
  if (found === 0) throw refuse('not a registered redirect URI of this domain')
  if (mode === 'live' && domainId !== null && !uri.startsWith('https://')) throw refuse('must be https in live mode')
}
