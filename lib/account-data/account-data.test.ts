import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerUser, startSession } from '#lib/accounts/index.ts'
import { actingAs, GOOD_PASSWORD, mailCount, nobody, useQuickHasher } from '#lib/accounts/testing.ts'
import { createAddress } from '#lib/addresses/index.ts'
import type { Ctx } from '#lib/context.ts'
import { db, transaction } from '#lib/db.ts'
import { leaveTeam, lockTeam } from '#lib/teams/index.ts'
import { makeCast, makeClientRow, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createTicket } from '#lib/tickets/index.ts'
import { accountImpact, deleteAccount, exportAccount } from './index.ts'

useTestDatabase()

let count = 0

beforeAll(() => {
  useQuickHasher()
})

async function newPerson() {
  const email = `person${count++}@example.com`
  const made = await registerUser({ ctx: nobody(), input: { name: 'Ada', email, password: GOOD_PASSWORD } })
  const session = await startSession({ ctx: nobody(), input: { userId: made.userId, amr: ['pwd'], remember: false } })
  return { ...made, ctx: await actingAs(made.userId, session.sessionId), input: { email, password: GOOD_PASSWORD } }
}

const HOME = { type: 'standard', street: 'Dam', postal_code: '1012 JL', city: 'Amsterdam', country: 'NL' } as const

async function consentTo(userId: string, clientId: string, sub: string): Promise<void> {
  await db().consent.create({ data: { id: `con_${userId}`, userId, clientId, scopes: ['openid'] } })
  const idHash = crypto.getRandomValues(new Uint8Array(32))
  await db().oidcArtifact.create({ data: { idHash, kind: 'RefreshToken', payload: new Uint8Array(1), clientId, accountId: sub } })
}

describe('deleting an account', () => {
  it('ends everything of the person, and nothing of others', async () => {
    const cast = await makeCast()
    const clientId = await makeClientRow(cast.teamId)
    const [person, other] = [await newPerson(), await newPerson()]
    for (const { userId, sub } of [person, other]) await consentTo(userId, clientId, sub)
    await createAddress({ ctx: person.ctx, input: { of: { self: true }, address: HOME } })
    await createTicket({ ctx: person.ctx, input: { subject: 'Hello', text: 'there' } })
    expect(await accountImpact({ ctx: person.ctx })).toMatchObject({ blocking: [], apps: 1, addresses: 1, sessions: 1 })

    await deleteAccount(person)
    const where = { userId: person.userId }
    expect(await db().user.count({ where: { id: person.userId } })).toBe(0)
    expect(await db().team.count({ where: { id: person.teamId } })).toBe(0)
    expect(await db().oidcArtifact.count({ where: { accountId: person.sub } })).toBe(0)
    expect([await db().consent.count({ where }), await db().session.count({ where }), await db().ticket.count({ where })]).toEqual([
      0, 0, 0,
    ])
    expect(await db().oidcArtifact.count({ where: { accountId: other.sub } })).toBe(1)
    expect(await db().consent.count({ where: { userId: other.userId } })).toBe(1)
    expect(await mailCount(person.input.email, 'account_deleted')).toBe(1)
    expect(await db().auditEvent.count({ where: { action: 'user.deleted', targetId: person.userId } })).toBe(1)
  })

  it('waits for the password and the address', async () => {
    const person = await newPerson()
    const tries: [object, string][] = [
      [{ ...person.input, password: 'wrong' }, 'validation_failed'],
      [{ email: person.input.email }, 'validation_failed'],
      [{ ...person.input, email: 'else@example.com' }, 'validation_failed'],
      [{}, 'validation_failed'],
    ]
    for (const [input, code] of tries) expect(await outcome(deleteAccount({ ctx: person.ctx, input }))).toBe(code)
    expect(await db().user.count({ where: { id: person.userId } })).toBe(1)
    expect(
      await outcome(deleteAccount({ ctx: person.ctx, input: { ...person.input, email: ` ${person.input.email.toUpperCase()} ` } })),
    ).toBe('ok')
  })

  it('is refused to the last owner of a team with clients, and only to them', async () => {
    const [person, heir] = [await newPerson(), await newPerson()]
    const clientId = await makeClientRow(person.teamId)
    expect(await accountImpact({ ctx: person.ctx })).toMatchObject({ blocking: [{ teamId: person.teamId, clients: 1, personal: true }] })
    const refusal = await deleteAccount(person).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'conflict', params: { reason: 'sole_owner', team: 'Ada' } })

    // A second owner who is disabled does not count; one who is not does.
    await db().member.create({ data: { teamId: person.teamId, userId: heir.userId, roleId: 'rol_owner' } })
    await db().user.update({ where: { id: heir.userId }, data: { disabledAt: new Date() } })
    expect(await outcome(deleteAccount(person))).toBe('conflict')
    await db().user.update({ where: { id: heir.userId }, data: { disabledAt: null } })
    expect(await outcome(deleteAccount(person))).toBe('ok')
    expect(await db().client.count({ where: { id: clientId, teamId: person.teamId } })).toBe(1)
  })

  it('of two owners who go at the same moment keeps one', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await newPerson(), await newPerson()]
      const team = await db().team.create({ data: { id: `tm_shared${round}`, name: 'Shared' } })
      await makeClientRow(team.id)
      const owner = { teamId: team.id, roleId: 'rol_owner' }
      await db().member.createMany({ data: [one, two].map(({ userId }) => ({ ...owner, userId })) })
      // The other leaves as often as they delete their account as well.
      const goes = round % 2 ? leaveTeam({ ctx: two.ctx, input: { teamId: team.id } }) : deleteAccount(two)
      expect([await outcome(deleteAccount(one)), await outcome(goes)].sort()).toEqual(['conflict', 'ok'])
      expect(await db().member.count({ where: owner })).toBe(1)
    }
  })

  it('waits for another owner who is just leaving', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const owner = { teamId: person.teamId, roleId: 'rol_owner' }
    await makeClientRow(person.teamId)
    await db().member.create({ data: { ...owner, userId: other.userId } })
    let deletion: Promise<string> | undefined
    await transaction(async (tx) => {
      await lockTeam(tx, person.teamId)
      deletion = outcome(deleteAccount(person))
      await sleep(300)
      await tx.member.delete({ where: { teamId_userId: { teamId: person.teamId, userId: other.userId } } })
    })
    expect(await deletion).toBe('conflict')
    expect(await db().member.count({ where: owner })).toBe(1)
  })

  it('takes along a team whose clients are all deleted', async () => {
    const person = await newPerson()
    const clientId = await makeClientRow(person.teamId)
    await db().client.update({ where: { id: clientId }, data: { deletedAt: new Date() } })
    expect(await accountImpact({ ctx: person.ctx })).toMatchObject({ blocking: [], goingAlong: [{ teamId: person.teamId }] })
    expect(await outcome(deleteAccount(person))).toBe('ok')
    expect(await db().client.count({ where: { id: clientId } })).toBe(0)
  })

  it('is for the person only', async () => {
    const { input } = await newPerson()
    for (const ctx of [nobody(), { ...nobody(), actor: { kind: 'system', name: 'test' } } satisfies Ctx]) {
      expect(await outcome(deleteAccount({ ctx, input }))).toBe('unauthenticated')
      expect(await outcome(accountImpact({ ctx }))).toBe('unauthenticated')
      expect(await outcome(exportAccount({ ctx }))).toBe('unauthenticated')
    }
    const someoneElse = await newPerson()
    expect(await outcome(deleteAccount({ ctx: someoneElse.ctx, input }))).toBe('validation_failed')
  })
})

describe('the copy of one’s data', () => {
  it('has what is kept, and no secrets', async () => {
    const person = await newPerson()
    const stranger = await newPerson()
    await createAddress({ ctx: person.ctx, input: { of: { self: true }, address: HOME } })
    await createTicket({ ctx: person.ctx, input: { subject: 'Hello', text: 'there' } })
    const copy = await exportAccount({ ctx: person.ctx })
    expect(copy).toMatchObject({
      profile: { email: person.input.email, sub: person.sub },
      addresses: [{ city: 'Amsterdam', isDefault: true }],
      teams: [{ id: person.teamId, personal: true, role: 'Owner' }],
      tickets: [{ subject: 'Hello', messages: [{ text: 'there', byOperator: false }] }],
      connected_apps: [],
    })
    const text = JSON.stringify(copy)
    expect(text).toContain('user.registered')
    expect(text).not.toContain(GOOD_PASSWORD)
    expect(text).not.toMatch(/hash/i)
    expect(text).not.toContain(stranger.userId)
  })

  it('is made so often only', async () => {
    const { ctx } = await newPerson()
    const tries = []
    for (let i = 0; i < 11; i++) tries.push(await outcome(exportAccount({ ctx })))
    expect(tries.filter((one) => one === 'ok').length).toBe(10)
    expect(tries.at(-1)).toBe('too_many_attempts')
  })
})
