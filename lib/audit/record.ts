import type { Ctx } from '#lib/context.ts'
import { type Db, Prisma } from '#lib/db.ts'
import { newId } from '#lib/ids.ts'
import type { AuditAction } from './actions.ts'

export type AuditInput = {
  /** `entity.verb`, such as `client.created`. */
  action: AuditAction
  teamId: string | null
  target: { type: string; id: string }
  /** The client that it is about, when neither the target nor `client` in `before` or `after` says so. */
  clientId?: string
  /** What changed, before and after. Never a secret, hash, token or code. */
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
}

/** Writes one audit event in the caller's transaction, so that there is no change without its event and no event without its change. */
export async function recordAudit(tx: Db, ctx: Ctx, event: AuditInput): Promise<void> {
  const { actor } = ctx
  await tx.auditEvent.create({
    data: {
      id: newId('aud'),
      teamId: event.teamId,
      actorType: actor.kind === 'client' ? 'client' : actor.kind === 'user' ? 'user' : 'system',
      actorUserId: actor.kind === 'user' ? actor.userId : null,
      actorClientId: actor.kind === 'client' ? actor.clientId : null,
      action: event.action,
      targetType: event.target.type,
      targetId: event.target.id,
      clientId: clientOf(event),
      before: event.before ?? Prisma.DbNull,
      after: event.after ?? Prisma.DbNull,
      ip: ctx.ip,
      userAgent: ctx.userAgent?.slice(0, 500) ?? null,
      requestId: ctx.requestId,
    },
  })
}

/** Which client's history the event belongs to, if any's. */
function clientOf({ clientId, target, before, after }: AuditInput): string | null {
  if (clientId !== undefined) return clientId
  if (target.type === 'client') return target.id
  const named = after?.client ?? before?.client
  return typeof named === 'string' ? named : null
}
