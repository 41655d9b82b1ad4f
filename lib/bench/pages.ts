import { HttpPerson } from '#lib/testing/http-person.ts'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import { dashboardPages, type Installed, operatorPages, type Stop } from '../../e2e/pages/all-pages.ts'
import { startBareNext } from './bare-next.ts'
import { fillRequestLog } from './many-requests.ts'
import { ScriptScale } from './page-scripts.ts'
import { timePages } from './page-times.ts'
import type { Row } from './row.ts'
import { databaseUrl, withDatabase } from './targets.ts'

const PERSON = { email: 'pages.bench@example.test', password: 'eleven calm otters at noon' }
const MANY = { rows: 1_000_000, clients: 5_000, people: 20_000 }
const TIMES = 200
const MAX_KILOBYTES = 220

/** The busiest client of fillRequestLog. */
const CLIENT = 'cl_many0'

/**
 * What the dashboard costs: JavaScript of each page, and the time that the list of clients and a client's overview take beside a bare Next page, for a
 * team of 5,000 clients with 1,000,000 rows in the log.
 */
export async function comparePages(server: ServerProcess): Promise<Row[]> {
  if (!(await userId(server))) await fill(server)
  const installed = await installedThings(server)
  const person = new HttpPerson(server.url)
  await person.logIn(PERSON)
  return [...(await scripts(server, person, [...dashboardPages(installed), ...operatorPages(installed)])), ...(await times(server, person))]
}

async function scripts(server: ServerProcess, person: HttpPerson, stops: readonly Stop[]): Promise<Row[]> {
  const scale = new ScriptScale(server.url)
  const rows: Row[] = []
  for (const { name, path, status = 200 } of stops) {
    const page = await person.browser.go(path, server.url)
    if (page.status !== status) throw new Error(`${path} answered ${page.status}`)
    const { bytes, files } = await scale.weigh(page.text)
    rows.push([`JavaScript of ${name}`, `${(bytes / 1000).toFixed(1)} KB`, `under ${MAX_KILOBYTES} KB; ${files} files`])
  }
  return rows
}

async function times(server: ServerProcess, person: HttpPerson): Promise<Row[]> {
  const bare = await startBareNext()
  try {
    const pages = ['/clients', '/clients?sort=requests', `/clients/${CLIENT}`]
    const asked = [{ url: bare.url }, ...pages.map((path) => ({ url: `${server.url}${path}`, cookie: person.browser.cookies('/') }))]
    const [reference, ...ours] = await timePages(asked, TIMES)
    return [
      ['a bare Next page', `${reference?.median.toFixed(1)} ms`, `p99 ${reference?.p99.toFixed(1)} ms`],
      ...ours.map(({ median, p99 }, index): Row => {
        const ratio = (median / (reference?.median ?? Number.NaN)).toFixed(1)
        return [`${pages[index]}`, `${median.toFixed(1)} ms`, `p99 ${p99.toFixed(1)} ms; ${ratio} of the bare page, at most 5`]
      }),
    ]
  } finally {
    bare.child.kill()
  }
}

/** Who reads the pages; undefined when the data folder is a new one. */
async function userId(server: ServerProcess): Promise<string | undefined> {
  const { rows } = await withDatabase(server, (database) =>
    database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [PERSON.email]),
  )
  return rows[0]?.id
}

async function fill(server: ServerProcess): Promise<void> {
  const flags = ['--email', PERSON.email, '--password', PERSON.password, '--name', 'Pages', '--operator']
  const { user_id, team } = await server.cli<{ user_id: string; team: { id: string } }>('user', 'create', ...flags)
  await server.cli('plan', 'set', team.id, 'enterprise')
  await fillRequestLog(databaseUrl(server), team.id, MANY, console.error)
  await withDatabase(server, async (database) => {
    await database.query(`UPDATE clients SET created_by_id = $1 WHERE id LIKE 'cl\\_many%'`, [user_id])
    await database.query(`INSERT INTO client_secrets (id, client_id, hash, hint, mode) VALUES ('sec_bench', $1, '\\x00', 'xxxx', 'live')`, [
      CLIENT,
    ])
    await database.query(`INSERT INTO tickets (id, user_id, subject) VALUES ('tkt_bench', $1, 'Why?')`, [user_id])
    await database.query(
      `INSERT INTO ticket_messages (id, ticket_id, by_operator, author_id, text) VALUES ('msg_bench', 'tkt_bench', false, $1, 'Since today.')`,
      [user_id],
    )
    await database.query(
      `INSERT INTO addresses (user_id, type, street, postal_code, city, country, updated_at)
       VALUES ($1, 'standard', 'Oudegracht', '3511 AB', 'Utrecht', 'NL', now())`,
      [user_id],
    )
    await database.query('VACUUM ANALYZE clients')
  })
}

/** What the operators' pages about one thing are opened with. */
type Shown = { teamId: string; projectId: string }

/** What the pages about one thing are opened with. */
async function installedThings(server: ServerProcess): Promise<Installed & Shown> {
  const ownerId = (await userId(server)) ?? ''
  return withDatabase(server, async (database) => {
    // A folder that was filled before there were projects has none.
    await database.query(
      `INSERT INTO projects (title, updated_at) SELECT 'Northwind Travel', now() WHERE NOT EXISTS (SELECT 1 FROM projects)`,
    )
    const { rows } = await database.query<Pick<Installed, 'requestId' | 'addressId'> & Shown>(
      `SELECT (SELECT request_id FROM request_logs WHERE client_id = $2 ORDER BY at DESC LIMIT 1) AS "requestId",
         (SELECT id::text FROM addresses WHERE user_id = $1 LIMIT 1) AS "addressId",
         (SELECT id FROM teams WHERE personal_owner_id = $1) AS "teamId", (SELECT id::text FROM projects LIMIT 1) AS "projectId"`,
      [ownerId, CLIENT],
    )
    if (!rows[0]) throw new Error('the database is not filled')
    return { ...rows[0], clientId: CLIENT, clientSecret: '', secretId: 'sec_bench', ownerId, ticketId: 'tkt_bench' }
  })
}
