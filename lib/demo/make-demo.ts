import { openDatabase } from '#lib/database/index.ts'
import { db } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { makeDemoClients } from './clients.ts'
import { logTraffic } from './log-traffic.ts'
import { DEMO_DOMAIN, makeDemoMembers, makeDemoPeople } from './people.ts'

/**
 * Makes the demo: members of a team, clients in each state, people who log in to them, and 30 days of requests in the log. Refuses on an
 * installation that somebody uses, or that has a demo, unless `again`: then it adds one more, with addresses of its own.
 * @throws Error in words for a person
 */
export async function makeDemo({ again, say }: { again: boolean; say: (line: string) => void }): Promise<void> {
  const database = await openDatabase('command')
  try {
    if (!again) await refuseUnlessEmpty()
    const members = await makeDemoMembers()
    say(`The team ${members.team.name}: ${members.logins.length} members.`)
    const clients = await makeDemoClients(members)
    const people = await makeDemoPeople(clients)
    say(`${clients.length} clients, ${people.length} people who log in to them.`)
    const rows = await logTraffic({ clients, people, teamId: members.team.id }, (done) => say(`${done.toLocaleString('en')} requests …`))
    say(`${rows.toLocaleString('en')} requests in 30 days.`)

    say('')
    say(`Log in at ${new URL('/login', env().PUBLIC_URL)} (npm start, if the server does not run):`)
    for (const { email, role } of members.logins) say(`  ${email.padEnd(28)} ${role}`)
    say(`  password of each: ${members.password}`)
    say('It is printed only now. Then look at /usage, /clients and the client Storefront.')
  } finally {
    await database.close()
  }
}

/** @throws Error on an installation that has people, of a demo or real ones */
export async function refuseUnlessEmpty(): Promise<void> {
  const [users, demos] = await Promise.all([db().user.count(), db().user.count({ where: { email: { endsWith: `@${DEMO_DOMAIN}` } } })])
  if (demos > 0) throw new Error('There is a demo already. To add another: npm run demo -- --again')
  if (users > 0) throw new Error('Somebody uses this installation. To add a demo all the same: npm run demo -- --again')
}
