import { createHash } from 'node:crypto'
import { recordAudit } from '#lib/audit/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type Db, db, transaction } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { parseInput } from '#lib/input.ts'
import { authorizeClient, type ClientRow } from '#lib/teams/index.ts'
import { type ClientDto, clientDto } from './dto.ts'
import { imageOf } from './image.ts'
import { checkVersion } from './internal.ts'
import { MAX_LOGO_BYTES, type RemoveLogoInput, removeLogoInput, type SetLogoInput, setLogoInput } from './schemas.ts'

const MAX_SIDE = 2048

export type ClientLogo = { mediaType: string; content: Uint8Array }

/**
 * Gives a client a picture (PNG, JPEG or WebP, at most 256 KB and 2048 pixels a side), which people see when they log in. Needs `clients.update`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (logo), conflict (`version`)
 */
export async function setLogo({ ctx, input }: { ctx: Ctx; input: SetLogoInput }): Promise<ClientDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, content, version } = parseInput(setLogoInput, input)
  const { mediaType } = checkedImage(content)
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    checkVersion(client, version)
    const logo = { hash, mediaType, content: new Uint8Array(content), createdAt: new Date() }
    await tx.clientLogo.upsert({ where: { clientId }, create: { clientId, ...logo }, update: logo })
    return change(tx, ctx, client, `/logos/${clientId}/${hash}`)
  })
}

/** Takes the picture away. Needs `clients.update`. @throws AppError as {@link setLogo} */
export async function removeLogo({ ctx, input }: { ctx: Ctx; input: RemoveLogoInput }): Promise<ClientDto> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'clients.update' })
  const { clientId, version } = parseInput(removeLogoInput, input)
  return transaction(async (tx) => {
    const { client } = await authorizeClient(ctx, { clientId, permission: 'clients.update' }, tx, { lock: true })
    checkVersion(client, version)
    await tx.clientLogo.deleteMany({ where: { clientId } })
    return change(tx, ctx, client, null)
  })
}

/** The picture at an address that a client's `logoUri` gave. For everybody: people see it before they log in. Null when it is not there (any more). */
export async function readLogo(clientId: string, hash: string): Promise<ClientLogo | null> {
  if (!/^[\w-]{1,100}$/.test(clientId) || !/^[\w-]{22}$/.test(hash)) return null
  return db().clientLogo.findFirst({ where: { clientId, hash, client: { deletedAt: null } }, select: { mediaType: true, content: true } })
}

async function change(tx: Db, ctx: Ctx, client: ClientRow, logoUri: string | null): Promise<ClientDto> {
  if (client.logoUri === logoUri) return clientDto(client)
  const row = await tx.client.update({ where: { id: client.id }, data: { logoUri, version: { increment: 1 } } })
  await recordAudit(tx, ctx, {
    action: logoUri ? 'client.logo_set' : 'client.logo_removed',
    teamId: client.teamId,
    target: { type: 'client', id: client.id },
    before: { logoUri: client.logoUri },
    after: { logoUri },
  })
  return clientDto(row)
}

function checkedImage(content: Uint8Array) {
  const refuse = (message: string, code: string, params = {}) => {
    throw new AppError('validation_failed', { message, fields: [{ path: 'logo', message, code, params }] })
  }
  if (content.length === 0) refuse('Required', 'logo_required')
  if (content.length > MAX_LOGO_BYTES) refuse('At most 256 KB', 'logo_too_large', { max: MAX_LOGO_BYTES / 1024 })
  const image = imageOf(content) ?? refuse('Not a PNG, JPEG or WebP picture', 'logo_kind')
  const { width, height } = image as NonNullable<typeof image>
  if (width > MAX_SIDE || height > MAX_SIDE) refuse(`At most ${MAX_SIDE} pixels a side`, 'logo_pixels', { max: MAX_SIDE })
  return image as NonNullable<ReturnType<typeof imageOf>>
}
