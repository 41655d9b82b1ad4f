import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import { createUser, type Person } from '../fixtures/people.ts'

/** Someone new in the personal team of `owner`, with exactly these permissions: written to the database, since only roles are of interest here. */
export async function memberOf(server: ServerProcess, owner: Person, permissions: string[]): Promise<Person> {
  const person = await createUser(server)
  const { url } = JSON.parse(readFileSync(path.join(server.dataDir, 'owner.json'), 'utf8')) as { url: string }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const role = `rol_${person.email.split('@')[0]?.split('.')[1]}`
  const team = 'SELECT t.id FROM teams t JOIN users u ON u.id = t.personal_owner_id WHERE u.email = '
  await client.query(`INSERT INTO roles (id, team_id, key, name, permissions) SELECT $1::text, (${team} $2), $1::text, $1::text, $3`, [
    role,
    owner.email,
    permissions,
  ])
  await client.query(`INSERT INTO members (team_id, user_id, role_id) SELECT (${team} $2), u.id, $1 FROM users u WHERE u.email = $3`, [
    role,
    owner.email,
    person.email,
  ])
  await client.end()
  return person
}
