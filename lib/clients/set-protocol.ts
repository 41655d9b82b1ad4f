import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { Prisma, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { checkOutgoingUri } from '#lib/outgoing/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { type JwkSet, parseJwkSet } from './jwk-set.ts'
import { type ProtocolSettings, protocolSettings } from './protocol-dto.ts'
import { type AuthMethod, DEVICE_GRANT, type SetProtocolInput, setProtocolInput } from './protocol-schemas.ts'

/**
 * Changes how a client speaks the protocol: what it must use (pushed requests, bound tokens, signed requests), how it proves itself, and
 * where it hears of log-outs. What is left out stays. Needs `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function setProtocol({ ctx, input }: { ctx: Ctx; input: SetProtocolInput }): Promise<ProtocolSettings> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, ...asked } = parseInput(setProtocolInput, input)
  const jwks = asked.jwks === undefined ? undefined : asked.jwks?.trim() ? parseJwkSet(asked.jwks) : null
  for (const field of ['jwksUri', 'backchannelLogoutUri'] as const) {
    const problem = asked[field] ? checkOutgoingUri(asked[field]) : null
    if (problem) throw refused(field, `This address cannot be used: ${problem}`, `outgoing_${problem}`)
  }

  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    const before = protocolSettings(client)
    const next = {
      requirePar: asked.requirePar ?? client.requirePar,
      requireDpop: asked.requireDpop ?? client.requireDpop,
      requireSignedRequest: asked.requireSignedRequest ?? client.requireSignedRequest,
      tokenEndpointAuthMethod: authMethod(asked.authMethod, client.tokenEndpointAuthMethod, client.type),
      jwks: jwks === undefined ? (client.jwks as JwkSet | null) : jwks,
      jwksUri: asked.jwksUri === undefined ? client.jwksUri : asked.jwksUri,
      backchannelLogoutUri: asked.backchannelLogoutUri === undefined ? client.backchannelLogoutUri : asked.backchannelLogoutUri,
      grantTypes: withDevice(client.grantTypes, asked.deviceFlow),
    }
    if (next.jwks && next.jwksUri) throw refused('jwksUri', 'Give either keys or the address of keys', 'jwks_both')
    const needsKeys = next.tokenEndpointAuthMethod === 'private_key_jwt' || next.requireSignedRequest
    if (needsKeys && !next.jwks && !next.jwksUri) throw refused('jwks', 'This needs the public keys of the client', 'jwks_required')
    if (!next.requireDpop && !client.rotateRefreshTokens) {
      throw refused('requireDpop', 'Refresh tokens that stay must be bound to a key: let them rotate first', 'dpop_for_rotation')
    }
    const row = await tx.client.update({
      where: { id: client.id },
      data: { ...next, jwks: next.jwks === null ? Prisma.DbNull : next.jwks, version: { increment: 1 } },
    })
    const after = protocolSettings(row)
    await recordAudit(tx, ctx, {
      action: 'client.protocol_changed',
      teamId: client.teamId,
      target: { type: 'client', id: client.id },
      before,
      after,
    })
    return after
  })
}

/** A public client has nothing to prove itself with; a confidential one always proves itself. */
function authMethod(asked: AuthMethod | undefined, present: string, type: 'confidential' | 'public'): string {
  if (asked === undefined || asked === present) return present
  if ((type === 'public') !== (asked === 'none')) {
    throw refused('authMethod', 'A public client proves itself with nothing, a confidential one with a secret or a key', 'auth_method_type')
  }
  return asked
}

function withDevice(grants: string[], wanted: boolean | undefined): string[] {
  if (wanted === undefined) return grants
  const others = grants.filter((grant) => grant !== DEVICE_GRANT)
  return wanted ? [...others, DEVICE_GRANT] : others
}

function refused(path: string, message: string, code: string): AppError {
  return new AppError('validation_failed', { message, fields: [{ path, message, code }] })
}
