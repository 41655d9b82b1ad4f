// Mints codes in the database of a running server, in a process of its own: what reference-provider.ts does for itself at /mint.
// Arguments: client id, redirect URI, challenge, count. Answers with one JSON array.
import { openDatabase } from '#lib/database/index.ts'
import { pool } from '#lib/db.ts'
import { currentProvider } from '#lib/oidc/testing.ts'
import { mintCodes } from './mint.ts'

const [clientId = '', redirectUri = '', challenge = '', count = '1'] = process.argv.slice(2)
const database = await openDatabase('command')
const { rows } = await pool().query<{ sub: string }>(
  'SELECT u.sub FROM clients c JOIN members m ON m.team_id = c.team_id JOIN users u ON u.id = m.user_id WHERE c.id = $1 LIMIT 1',
  [clientId],
)
const sub = rows[0]?.sub ?? ''
const codes = await mintCodes(await currentProvider(), { clientId, sub, redirectUri, challenge, count: Number(count) })
// As if each had been authorized on the client's domain.
await pool().query(
  `UPDATE oidc_artifacts SET redirect_uri = $2, mode = 'test', domain_id = (SELECT id FROM domains WHERE client_id = $1 LIMIT 1)
   WHERE kind = 'Grant' AND client_id = $1 AND redirect_uri IS NULL`,
  [clientId, redirectUri],
)
process.stdout.write(JSON.stringify(codes))
await database.close()
