import { db, type Prisma } from '#lib/db.ts'

export type ResourceServerDto = {
  id: string
  name: string
  identifier: string
  tokenFormat: 'opaque' | 'jwt'
  /** Seconds. */
  accessTokenTtl: number
  scopes: string[]
  createdAt: string
}

type Row = Prisma.ResourceServerGetPayload<object>

export function resourceServerDto(row: Row): ResourceServerDto {
  const { id, name, identifier, accessTokenTtl, scopes } = row
  return {
    id,
    name,
    identifier,
    tokenFormat: row.tokenFormat === 'jwt' ? 'jwt' : 'opaque',
    accessTokenTtl,
    scopes,
    createdAt: row.createdAt.toISOString(),
  }
}

/** A team's resource server by its exact identifier, for making tokens; null when it is not theirs. */
export async function findResourceServer(teamId: string, identifier: string): Promise<ResourceServerDto | null> {
  if (identifier.length > 500 || identifier.includes('\0')) return null
  const row = await db().resourceServer.findFirst({ where: { teamId, identifier } })
  return row && resourceServerDto(row)
}
