import { describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { decrypt } from '#lib/secrets/index.ts'
import { authorize, removeMember } from '#lib/teams/index.ts'
import { type Cast, makeClientRow, makeMember, makeUser, outcome } from '#lib/testing/cast.ts'
import {
  acceptInvitation,
  countSeats,
  declineInvitation,
  inviteMember,
  listInvitations,
  loadInvitation,
  resendInvitation,
  revokeInvitation,
} from './index.ts'
import type { InviteMemberInput } from './schemas.ts'
import { cast, everyone, expected, invite, mailServer, newAddress, useInvitations } from './testing.ts'

useInvitations()

/** Invites, and answers the token of the link as the inviter gets it where no mail is sent. */
async function tokenFor(email: string, input: Partial<InviteMemberInput> = {}): Promise<string> {
  return (await invite(cast.owner, { email, ...input })).link?.split('/').at(-1) ?? ''
}

describe('inviteMember', () => {
  it.each(everyone)('%s', async (actor) => {
    expect(await outcome(invite(cast[actor]))).toBe(expected[actor])
  })

  it('stores only a hash, mails the link in the language of the account, and records no token', async () => {
    mailServer(true)
    const known = await makeUser('knows')
    await db().user.update({ where: { id: known.userId }, data: { locale: 'nl' } })
    const { invitation, link } = await invite(cast.owner, { email: `  ${known.email.toUpperCase()} ` })
    expect(link).toBeNull()
    const mail = await db().mail.findFirstOrThrow({ where: { template: 'team_invitation' }, orderBy: { createdAt: 'desc' } })
    const { to, params } = JSON.parse(decrypt('mail', mail.content as Uint8Array, mail.id).toString())
    const token = String(params.url).split('/').at(-1) ?? ''
    expect([to, mail.locale, token.length]).toEqual([known.email, 'nl', 43])
    const row = await db().invitation.findUniqueOrThrow({ where: { id: invitation.id } })
    const events = await db().auditEvent.findMany({ where: { teamId: cast.teamId } })
    const stored = JSON.stringify([row, events]) + Buffer.from(row.tokenHash).toString('latin1')
    expect(stored).not.toContain(token)
    expect(events.find(({ action }) => action === 'invitation.sent')?.after).toMatchObject({ email: known.email, roleId: 'rol_viewer' })
  })

  it('hands out nothing that the inviter lacks', async () => {
    await expect(invite(cast.admin, { roleId: 'rol_owner' })).rejects.toMatchObject({ params: { reason: 'owner' } })
    const hr = await makeMember(cast.teamId, ['members.manage', 'clients.read', 'logs.read', 'usage.read'])
    expect(await outcome(invite(hr))).toBe('ok')
    await expect(invite(hr, { roleId: 'rol_developer' })).rejects.toMatchObject({ params: { reason: 'above' } })
    const limited = await makeMember(cast.teamId, ['members.manage', 'clients.read'], [await makeClientRow(cast.teamId)])
    expect(await outcome(invite(limited))).toBe('permission_denied')
  })

  it('refuses members, who is invited already, foreign clients and roles, and what is no address', async () => {
    const viewer = cast.viewer.actor.kind === 'user' ? cast.viewer.actor.email : ''
    await expect(invite(cast.owner, { email: viewer })).rejects.toMatchObject({ params: { reason: 'already_member' } })
    const email = newAddress()
    await invite(cast.owner, { email })
    await expect(invite(cast.owner, { email })).rejects.toMatchObject({ params: { reason: 'already_invited' } })
    const foreign = await makeClientRow(cast.strangerTeamId)
    for (const wrong of [{ clientIds: [foreign] }, { clientIds: [] }, { email: 'nobody' }, { email: 'a@b.c\0' }, { roleId: 'a\0' }]) {
      expect(await outcome(invite(cast.owner, wrong))).toBe('validation_failed')
    }
    expect(await outcome(invite(cast.owner, { roleId: 'rol_none' }))).toBe('not_found')
    expect(await outcome(invite(cast.owner, { roleId: 'rol_owner', clientIds: [await makeClientRow(cast.teamId)] }))).toBe('conflict')
  })

  it('replaces an expired one', async () => {
    const email = newAddress()
    const { invitation } = await invite(cast.owner, { email })
    await db().invitation.update({ where: { id: invitation.id }, data: { expiresAt: new Date() } })
    expect(await outcome(invite(cast.owner, { email }))).toBe('ok')
    expect((await listInvitations({ ctx: cast.admin, input: { teamId: cast.teamId } })).filter((one) => one.email === email)).toHaveLength(
      1,
    )
  })

  it('sends one of several at once to the same address', async () => {
    const email = newAddress()
    const results = await Promise.all([1, 2, 3].map(() => outcome(invite(cast.owner, { email }))))
    expect(results.sort()).toEqual(['conflict', 'conflict', 'ok'])
  })
})

describe('the limit of members', () => {
  it('counts open invitations, and holds when asked in parallel', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { overrideMaxMembers: 6 } })
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => outcome(invite(cast.owner))))
    expect(results.sort()).toEqual(['limit_reached', 'limit_reached', 'limit_reached', 'ok', 'ok'])
    expect(await countSeats(db(), cast.teamId)).toBe(6)
    await expect(invite(cast.owner)).rejects.toMatchObject({ params: { what: 'members', limit: 6, count: 6 } })
  })

  it('frees the seat of one that is taken back, declined or expired, and takes it again when sent again', async () => {
    await db().team.update({ where: { id: cast.teamId }, data: { overrideMaxMembers: 5 } })
    const { invitation } = await invite(cast.owner)
    const ref = { teamId: cast.teamId, invitationId: invitation.id }
    await db().invitation.update({ where: { id: invitation.id }, data: { expiresAt: new Date(), sentAt: new Date(0) } })
    const other = await invite(cast.owner)
    expect(await outcome(resendInvitation({ ctx: cast.owner, input: ref }))).toBe('limit_reached')
    await revokeInvitation({ ctx: cast.owner, input: { ...ref, invitationId: other.invitation.id } })
    expect(await outcome(resendInvitation({ ctx: cast.owner, input: ref }))).toBe('ok')
  })

  it('holds at acceptance when it shrank meanwhile, and a team without a plan gets Free', async () => {
    const guest = await makeUser('guest')
    const token = await tokenFor(guest.email)
    await db().team.update({ where: { id: cast.teamId }, data: { overrideMaxMembers: 4 } })
    expect(await outcome(acceptInvitation({ ctx: guest, input: { token } }))).toBe('limit_reached')
    await db().team.update({ where: { id: cast.strangerTeamId }, data: { planKey: null } })
    await inviteMember({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, email: newAddress(), roleId: 'rol_viewer' } })
    expect((await db().team.findUniqueOrThrow({ where: { id: cast.strangerTeamId } })).planKey).toBe('free')
    await db().team.update({ where: { id: cast.strangerTeamId }, data: { planEndsAt: new Date(0) } })
    const ended = inviteMember({ ctx: cast.stranger, input: { teamId: cast.strangerTeamId, email: newAddress(), roleId: 'rol_viewer' } })
    await expect(ended).rejects.toMatchObject({ code: 'limit_reached', params: { what: 'plan' } })
  })
})

describe('acceptInvitation', () => {
  it('gives the role, to the invited address only, once', async () => {
    const guest = await makeUser('guest')
    const token = await tokenFor(guest.email, { roleId: 'rol_developer' })
    const accept = (ctx: Cast['owner']) => acceptInvitation({ ctx, input: { token } })
    await expect(accept(cast.stranger)).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'other_address', email: guest.email },
    })
    expect(await outcome(accept(cast.nobody))).toBe('unauthenticated')
    expect(await accept(guest)).toMatchObject({ teamId: cast.teamId })
    expect(await outcome(authorize(guest, { teamId: cast.teamId, permission: 'secrets.manage' }))).toBe('ok')
    expect(await outcome(accept(guest))).toBe('not_found')
    const [event] = await db().auditEvent.findMany({ where: { teamId: cast.teamId, action: 'member.joined' } })
    expect(event).toMatchObject({ actorUserId: guest.userId, after: { roleId: 'rol_developer', clients: null } })
  })

  it('limits to the chosen clients that are still there', async () => {
    const guest = await makeUser('guest')
    const [mine, gone] = [await makeClientRow(cast.teamId), await makeClientRow(cast.teamId)]
    const token = await tokenFor(guest.email, { clientIds: [mine, gone] })
    await db().client.update({ where: { id: gone }, data: { deletedAt: new Date() } })
    await acceptInvitation({ ctx: guest, input: { token } })
    expect((await authorize(guest, { teamId: cast.teamId, permission: 'clients.read' })).clientIds).toEqual([mine])

    const late = await makeUser('late')
    const other = await tokenFor(late.email, { clientIds: [mine] })
    await db().client.update({ where: { id: mine }, data: { deletedAt: new Date() } })
    await expect(acceptInvitation({ ctx: late, input: { token: other } })).rejects.toMatchObject({ params: { reason: 'clients_gone' } })
    expect(await db().member.count({ where: { userId: late.userId } })).toBe(0)
  })

  it('proves the address when the link went by mail only', async () => {
    for (const [sent, verified] of [
      [true, true],
      [false, false],
    ] as const) {
      const guest = await makeUser('guest')
      const token = await tokenFor(guest.email)
      await db().invitation.updateMany({ where: { email: guest.email }, data: { mailed: sent } })
      await acceptInvitation({ ctx: guest, input: { token } })
      expect((await db().user.findUniqueOrThrow({ where: { id: guest.userId } })).emailVerifiedAt !== null).toBe(verified)
    }
  })

  it('makes one member of several clicks, and nothing of one taken back at the same moment', async () => {
    const guest = await makeUser('guest')
    const token = await tokenFor(guest.email)
    const clicks = await Promise.all([1, 2, 3].map(() => outcome(acceptInvitation({ ctx: guest, input: { token } }))))
    expect(clicks.sort()).toEqual(['not_found', 'not_found', 'ok'])

    const other = await makeUser('other')
    const { invitation, link } = await invite(cast.owner, { email: other.email })
    const results = await Promise.all([
      outcome(acceptInvitation({ ctx: other, input: { token: link?.split('/').at(-1) ?? '' } })),
      outcome(revokeInvitation({ ctx: cast.owner, input: { teamId: cast.teamId, invitationId: invitation.id } })),
    ])
    expect(results.sort()).toEqual(['not_found', 'ok'])
  })

  it('takes no token that is unknown, expired or replaced, whatever it is made of', async () => {
    const guest = await makeUser('guest')
    const { invitation, link } = await invite(cast.owner, { email: guest.email })
    const token = link?.split('/').at(-1) ?? ''
    await db().invitation.update({ where: { id: invitation.id }, data: { sentAt: new Date(0) } })
    const again = await resendInvitation({ ctx: cast.admin, input: { teamId: cast.teamId, invitationId: invitation.id } })
    for (const wrong of [token, '', 'a\0b', `${token}x`]) {
      expect(await outcome(acceptInvitation({ ctx: guest, input: { token: wrong } }))).toBe('not_found')
      expect(await loadInvitation({ ctx: guest, input: { token: wrong } })).toEqual({ state: 'gone' })
    }
    await db().invitation.update({ where: { id: invitation.id }, data: { expiresAt: new Date() } })
    expect(await outcome(acceptInvitation({ ctx: guest, input: { token: again.link?.split('/').at(-1) ?? '' } }))).toBe('not_found')
  })

  it('does not bring back someone who was removed', async () => {
    const guest = await makeUser('guest')
    const token = await tokenFor(guest.email)
    await acceptInvitation({ ctx: guest, input: { token } })
    await removeMember({ ctx: cast.owner, input: { teamId: cast.teamId, userId: guest.userId } })
    expect(await outcome(acceptInvitation({ ctx: guest, input: { token } }))).toBe('not_found')
  })
})

describe('loadInvitation', () => {
  it('says who invites to the invited address only', async () => {
    const guest = await makeUser('guest')
    const token = await tokenFor(guest.email)
    const load = (ctx: Cast['owner']) => loadInvitation({ ctx, input: { token } })
    expect(await load(cast.nobody)).toEqual({ state: 'login', email: guest.email, hasAccount: true })
    expect(await load(cast.stranger)).toMatchObject({ state: 'other_address', email: guest.email })
    expect(await load(guest)).toMatchObject({ state: 'open', team: 'owner', inviter: 'owner', role: { key: 'viewer' }, limited: false })
    await acceptInvitation({ ctx: guest, input: { token } })
    expect(await load(guest)).toEqual({ state: 'accepted', teamId: cast.teamId })
    expect(await load(cast.stranger)).toEqual({ state: 'gone' })
  })
})

describe('declineInvitation', () => {
  it('ends the invitation, by the invited one only', async () => {
    const guest = await makeUser('guest')
    const token = await tokenFor(guest.email)
    expect(await outcome(declineInvitation({ ctx: cast.stranger, input: { token } }))).toBe('conflict')
    expect(await outcome(declineInvitation({ ctx: cast.nobody, input: { token } }))).toBe('unauthenticated')
    await declineInvitation({ ctx: guest, input: { token } })
    expect(await outcome(acceptInvitation({ ctx: guest, input: { token } }))).toBe('not_found')
    expect(await db().auditEvent.count({ where: { teamId: cast.teamId, action: 'invitation.declined' } })).toBe(1)
  })
})
