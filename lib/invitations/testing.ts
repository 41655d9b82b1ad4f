import { beforeEach } from 'vitest'
import { db } from '#lib/db.ts'
import { parseEnv } from '#lib/env.ts'
import { setSingleton } from '#lib/registry.ts'
import { type Cast, makeCast } from '#lib/testing/cast.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { inviteMember } from './index.ts'
import type { InviteMemberInput } from './schemas.ts'

export const everyone = ['owner', 'admin', 'developer', 'viewer', 'stranger', 'nobody'] as const

/** What comes of managing invitations, by actor. */
export const expected = {
  owner: 'ok',
  admin: 'ok',
  developer: 'permission_denied',
  viewer: 'permission_denied',
  stranger: 'not_found',
  nobody: 'unauthenticated',
}

/** The people of the present test, whose team is on a plan with room. */
export let cast: Cast
let databaseUrl: () => string

/** A test database, and for each test a cast of its own and no mail server. */
export function useInvitations(): void {
  databaseUrl = useTestDatabase().url
  beforeEach(async () => {
    mailServer(false)
    cast = await makeCast()
    await db().team.update({ where: { id: cast.teamId }, data: { planKey: 'pro' } })
  })
}

/** With or without a mail server; nothing is sent, since no job runs. */
export function mailServer(there: boolean): void {
  setSingleton('env', parseEnv({ ...TEST_ENV, DATABASE_URL: databaseUrl(), ...(there ? { SMTP_URL: 'smtp://127.0.0.1:1' } : {}) }))
}

let count = 0

/** An address that nobody was invited to. */
export const newAddress = () => `new${count++}@example.test`

/** Invites somebody new as a viewer, but for what is given. */
export const invite = (ctx: Cast['owner'], input: Partial<InviteMemberInput> = {}) =>
  inviteMember({ ctx, input: { teamId: cast.teamId, email: newAddress(), roleId: 'rol_viewer', ...input } })
