import { pool } from '#lib/db.ts'

/** The stored hash of a client's secret: what a request with it would be found by. */
export async function secretHash(clientId: string, secretId: string): Promise<Buffer | null> {
  const text = 'SELECT hash FROM client_secrets WHERE client_id = $1 AND id = $2'
  const { rows } = await pool().query<{ hash: Buffer }>({ text, values: [clientId, secretId] })
  return rows[0]?.hash ?? null
}
