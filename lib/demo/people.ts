import { registerUser } from '#lib/accounts/index.ts'
import { systemContext } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { allowConsent } from '#lib/grants/index.ts'
import { newId, newSub, randomBase62 } from '#lib/ids.ts'
import { setPlan } from '#lib/plans/index.ts'
import type { DemoClient } from './clients.ts'

/** No mail ever arrives there (RFC 2606). */
export const DEMO_DOMAIN = 'demo.example'

const TEAM = 'Northwind Travel'
const MEMBERS = [
  { name: 'Ada Lovelace', role: 'owner' },
  { name: 'Grace Hopper', role: 'admin' },
  { name: 'Linus Bakker', role: 'developer' },
  { name: 'Mae Jemison', role: 'viewer' },
] as const
const FIRST = 'Noor Daan Emma Sem Julia Finn Tess Lucas Mila Bram Zoë Levi Saar Jesse Fleur Thijs Lotte Ruben Anouk Stijn'.split(' ')
const LAST = 'Jansen Visser Smit Meijer Bos Vos Peters Hendriks Dekker Brouwer'.split(' ')
const PEOPLE = 80

export type DemoMembers = {
  team: { id: string; name: string }
  ownerId: string
  password: string
  logins: { email: string; role: string }[]
}

export type DemoPerson = { sub: string; clientIds: string[] }

/** The members of the demo team, one of each role, all with one new password. */
export async function makeDemoMembers(): Promise<DemoMembers> {
  const ctx = systemContext('demo')
  const password = `demo-${randomBase62(14)}`
  const mark = (await db().user.count({ where: { email: { endsWith: `@${DEMO_DOMAIN}` } } })) > 0 ? `.${randomBase62(5).toLowerCase()}` : ''
  const made = []
  for (const { name, role } of MEMBERS) {
    const email = `${name.split(' ')[0]?.toLowerCase()}${mark}@${DEMO_DOMAIN}`
    made.push({ ...(await registerUser({ ctx, input: { name, email, password } })), role })
  }
  const [owner, ...others] = made as [(typeof made)[0], ...typeof made]
  // The owner's own team, so that it is what they see first.
  const team = await db().team.update({ where: { id: owner.teamId }, data: { name: TEAM }, select: { id: true, name: true } })
  await db().user.updateMany({ where: { id: { in: made.map(({ userId }) => userId) } }, data: { emailVerifiedAt: new Date() } })
  await db().member.createMany({ data: others.map(({ userId, role }) => ({ teamId: team.id, userId, roleId: `rol_${role}` })) })
  await setPlan({ ctx, input: { teamId: team.id, plan: 'pro' } })
  return { team, ownerId: owner.userId, password, logins: made.map(({ email, role }) => ({ email, role })) }
}

/** People who log in to the clients, and have allowed them. They have no password: nobody logs in as them. */
export async function makeDemoPeople(clients: DemoClient[]): Promise<DemoPerson[]> {
  const open = clients.filter(({ profile }) => profile.people)
  const people: DemoPerson[] = []
  for (let n = 0; n < PEOPLE; n++) {
    const name = `${FIRST[n % FIRST.length]} ${LAST[(n * 7) % LAST.length]}`
    const [id, sub] = [newId('usr'), newSub()]
    const email = `${name.toLowerCase().replace(/[^a-z]/g, '.')}.${sub.slice(-5)}@${DEMO_DOMAIN}`
    await db().user.create({ data: { id, sub, email, name, emailVerifiedAt: new Date() } })
    const actor = { kind: 'user', userId: id, sub, email, isOperator: false, sessionId: 'ses_demo' } as const
    const mine = open.filter((_, index) => index === 0 || (n + index) % 3 === 0)
    for (const { id: clientId, scopes } of mine) {
      await allowConsent({ ctx: { ...systemContext('demo'), actor }, input: { clientId, scopes } })
    }
    people.push({ sub, clientIds: mine.map((client) => client.id) })
  }
  return people
}
