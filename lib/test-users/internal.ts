import type { Db } from '#lib/db.ts'

/** Which client, and whose: verbs get it from `authorizeClient`. */
export type ClientRef = { id: string; teamId: string }

/** An invited address. Whether somebody has an account by it is nobody's business here. */
export type TestUserDto = { email: string; createdAt: string }

function own({ id, teamId }: ClientRef) {
  return { clientId: id, client: { teamId } }
}

export function countTestUsers(tx: Db, client: ClientRef): Promise<number> {
  return tx.testUser.count({ where: own(client) })
}

export async function findTestUser(tx: Db, client: ClientRef, email: string): Promise<TestUserDto | null> {
  const row = await tx.testUser.findFirst({ where: { ...own(client), email } })
  return row && testUserDto(row)
}

/** All of a client, by address. */
export async function findTestUsers(tx: Db, client: ClientRef): Promise<TestUserDto[]> {
  const rows = await tx.testUser.findMany({ where: own(client), orderBy: { email: 'asc' } })
  return rows.map(testUserDto)
}

export function testUserDto({ email, createdAt }: { email: string; createdAt: Date }): TestUserDto {
  return { email, createdAt: createdAt.toISOString() }
}
