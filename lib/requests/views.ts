import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, db, isUniqueViolation, type Prisma, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { parseInput } from '#lib/input.ts'
import { lockTeamPlan } from '#lib/plans/index.ts'
import { type Access, authorize } from '#lib/teams/index.ts'
import { type RequestFilters, readRequestFilters, renameViewInput, type SaveViewInput, saveViewInput, viewRef } from './schemas.ts'

const MOST = 50

/** Filters that a team has given a name. */
export type RequestView = {
  id: string
  name: string
  filters: RequestFilters
  /** Whether the actor may rename or delete it: they made it, or manage the team's members. */
  mine: boolean
}

type ViewRow = Prisma.RequestViewGetPayload<object>

/** The named filters of a team, by name; a member limited to clients sees none of other clients. Needs `logs.read`. @throws AppError as `authorize` */
export async function listRequestViews({ ctx, input }: { ctx: Ctx; input: { teamId: string } }): Promise<RequestView[]> {
  const access = await authorize(ctx, { teamId: input.teamId, permission: 'logs.read' })
  const rows = await db().requestView.findMany({ where: { teamId: input.teamId }, orderBy: { name: 'asc' } })
  return rows
    .map((row) => viewOf(row, access))
    .filter(({ filters }) => !access.clientIds || !filters.client || access.clientIds.includes(filters.client))
}

/**
 * Gives filters a name for everybody of the team who may read the log. Needs `logs.read`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (also a name that is taken), limit_reached
 */
export async function saveRequestView({ ctx, input }: { ctx: Ctx; input: SaveViewInput }): Promise<RequestView> {
  await authorize(ctx, { teamId: input.teamId, permission: 'logs.read' })
  const { teamId, name, filters } = parseInput(saveViewInput, input)
  return refuseTaken(() =>
    transaction(async (tx) => {
      const access = await authorize(ctx, { teamId, permission: 'logs.read' }, tx)
      await lockTeamPlan(tx, teamId)
      if ((await tx.requestView.count({ where: { teamId } })) >= MOST)
        throw new AppError('limit_reached', { message: `A team has at most ${MOST} views.`, params: { what: 'views', limit: MOST } })
      const row = await tx.requestView.create({ data: { id: newId('rv'), teamId, name, filters, createdById: access.userId } })
      await note(tx, ctx, row, 'created', { after: { name, filters } })
      return viewOf(row, access)
    }),
  )
}

/** Gives named filters another name. For whoever made them, and for `members.manage`. @throws AppError as {@link saveRequestView} */
export async function renameRequestView({ ctx, input }: { ctx: Ctx; input: { viewId: string; name: string } }): Promise<RequestView> {
  return refuseTaken(() =>
    transaction(async (tx) => {
      const { row, access } = await ownView(tx, ctx, input.viewId)
      const { name } = parseInput(renameViewInput, input)
      const after = await tx.requestView.update({ where: { id: row.id }, data: { name } })
      if (name !== row.name) await note(tx, ctx, row, 'renamed', { before: { name: row.name }, after: { name } })
      return viewOf(after, access)
    }),
  )
}

/** Removes named filters. For whoever made them, and for `members.manage`. @throws AppError unauthenticated, not_found, permission_denied */
export async function deleteRequestView({ ctx, input }: { ctx: Ctx; input: { viewId: string } }): Promise<{ name: string }> {
  return transaction(async (tx) => {
    const { row } = await ownView(tx, ctx, input.viewId)
    await tx.requestView.delete({ where: { id: row.id } })
    await note(tx, ctx, row, 'deleted', { before: { name: row.name, filters: row.filters as Prisma.InputJsonObject } })
    return { name: row.name }
  })
}

async function ownView(tx: Db, ctx: Ctx, id: string): Promise<{ row: ViewRow; access: Access }> {
  if (ctx.actor.kind === 'nobody') throw new AppError('unauthenticated', { message: 'Log in first.' })
  const { viewId } = parseInput(viewRef, { viewId: id })
  const row = /^[\w-]+$/.test(viewId) ? await tx.requestView.findUnique({ where: { id: viewId } }) : null
  if (!row) throw new AppError('not_found', { message: 'There is no such view.' })
  const access = await authorize(ctx, { teamId: row.teamId, permission: 'logs.read' }, tx)
  if (!viewOf(row, access).mine)
    throw new AppError('permission_denied', { message: 'Only who made it, or members.manage.', params: { permission: 'members.manage' } })
  return { row, access }
}

function viewOf(row: ViewRow, { userId, permissions }: Access): RequestView {
  const mine = (userId !== null && row.createdById === userId) || permissions.includes('members.manage')
  return { id: row.id, name: row.name, filters: readRequestFilters(row.filters as Record<string, unknown>).filters, mine }
}

async function note(
  tx: Db,
  ctx: Ctx,
  { id, teamId }: ViewRow,
  verb: 'created' | 'renamed' | 'deleted',
  change: { before?: object; after?: object },
): Promise<void> {
  await recordAudit(tx, ctx, { action: `request_view.${verb}`, teamId, target: { type: 'request_view', id }, ...change })
}

async function refuseTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const message = 'There is a view of this name already'
    throw new AppError('validation_failed', { message, fields: [{ path: 'name', message, code: 'name_taken' }] })
  }
}
