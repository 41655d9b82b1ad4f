import { describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { createRole, createTeam, removeMember, setMemberRole, updateRole } from '#lib/teams/index.ts'
import { makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import { acceptInvitation, listInvitations, resendInvitation, revokeInvitation } from './index.ts'
import { cast, everyone, expected, invite, newAddress, useInvitations } from './testing.ts'

useInvitations()

describe('resendInvitation, revokeInvitation and listInvitations', () => {
  it.each(everyone)('%s', async (actor) => {
    const { invitation } = await invite(cast.owner)
    await db().invitation.update({ where: { id: invitation.id }, data: { sentAt: new Date(0) } })
    const args = { ctx: cast[actor], input: { teamId: cast.teamId, invitationId: invitation.id } }
    expect(await outcome(listInvitations(args))).toBe(expected[actor])
    expect(await outcome(resendInvitation(args))).toBe(expected[actor])
    expect(await outcome(revokeInvitation(args))).toBe(expected[actor])
  })

  it('end with the right to send them, by whoever takes it away', async () => {
    const admin = await makeUser('second-admin')
    await db().member.create({ data: { teamId: cast.teamId, userId: admin.userId, roleId: 'rol_admin' } })
    const [viewer, deputy] = [newAddress(), newAddress()]
    await invite(admin, { email: viewer })
    const { link } = await invite(admin, { email: deputy, roleId: 'rol_admin' })
    const kept = await invite(cast.owner)
    const open = async () => (await listInvitations({ ctx: cast.owner, input: { teamId: cast.teamId } })).map(({ email }) => email).sort()

    // Still lets people in, but none above.
    const hr = await createRole({
      ctx: cast.owner,
      input: { teamId: cast.teamId, name: 'HR', permissions: ['members.manage', 'clients.read', 'logs.read', 'usage.read'] },
    })
    await setMemberRole({ ctx: cast.owner, input: { teamId: cast.teamId, userId: admin.userId, roleId: hr.id } })
    expect(await open()).toEqual([kept.invitation.email, viewer].sort())
    const person = await makeUser('deputy')
    await db().user.update({ where: { id: person.userId }, data: { email: deputy } })
    expect(await outcome(acceptInvitation({ ctx: person, input: { token: link?.split('/').at(-1) ?? '' } }))).toBe('not_found')

    // The role itself may lose it, for everyone who has it.
    const changed = { teamId: cast.teamId, roleId: hr.id, name: 'HR', permissions: ['clients.read' as const] }
    await updateRole({ ctx: cast.owner, input: changed })
    expect(await open()).toEqual([kept.invitation.email])
    await updateRole({ ctx: cast.owner, input: { ...changed, permissions: ['members.manage', 'clients.read', 'logs.read', 'usage.read'] } })
    await invite(admin, { email: newAddress() })

    await removeMember({ ctx: cast.owner, input: { teamId: cast.teamId, userId: admin.userId } })
    expect(await open()).toEqual([kept.invitation.email])
    expect(await db().auditEvent.count({ where: { teamId: cast.teamId, action: 'invitation.revoked' } })).toBe(3)
  })

  it('bury nobody in mail, from however many teams of one person', async () => {
    const other = await createTeam({ ctx: cast.owner, input: { name: 'Other' } })
    await db().team.update({ where: { id: other.id }, data: { planKey: 'pro' } })
    const email = newAddress()
    const tries: string[] = []
    for (let round = 0; round < 21; round++) {
      const { id: teamId } = round % 2 ? other : { id: cast.teamId }
      const sent = await invite(cast.owner, { teamId, email }).catch((error: { code: string }) => error.code)
      tries.push(typeof sent === 'string' ? sent : 'ok')
      if (typeof sent === 'string') continue
      const input = { teamId, invitationId: sent.invitation.id }
      await revokeInvitation({ ctx: cast.owner, input })
    }
    // Who is asked again by the same invitation gets a mail, too.
    const open = await invite(cast.admin, { email })
    await db().rateLimit.updateMany({ where: { key: { startsWith: 'invite-address:' } }, data: { points: 20 } })
    await db().invitation.update({ where: { id: open.invitation.id }, data: { sentAt: new Date(0) } })
    const input = { teamId: cast.teamId, invitationId: open.invitation.id }
    expect(await outcome(resendInvitation({ ctx: cast.owner, input }))).toBe('too_many_attempts')
    expect([tries.filter((one) => one === 'ok').length, tries.at(-1)]).toEqual([20, 'too_many_attempts'])
  })

  it('are bounded, and know the invitations of their own team only', async () => {
    const { invitation } = await invite(cast.owner)
    const input = { teamId: cast.teamId, invitationId: invitation.id }
    await expect(resendInvitation({ ctx: cast.owner, input })).rejects.toMatchObject({ params: { reason: 'invitation_soon' } })
    await db().invitation.update({ where: { id: invitation.id }, data: { sentAt: new Date(0), sentCount: 10 } })
    await expect(resendInvitation({ ctx: cast.owner, input })).rejects.toMatchObject({ params: { reason: 'invitation_often' } })
    expect(await outcome(revokeInvitation({ ctx: cast.stranger, input: { ...input, teamId: cast.strangerTeamId } }))).toBe('not_found')
    const hr = await makeMember(cast.teamId, ['members.manage'])
    expect(await outcome(resendInvitation({ ctx: hr, input }))).toBe('permission_denied')
    await revokeInvitation({ ctx: cast.owner, input })
    expect(await outcome(revokeInvitation({ ctx: cast.owner, input }))).toBe('not_found')
  })
})
