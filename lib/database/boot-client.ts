import pg from 'pg'
import { env } from '../env.ts'

/** The database cannot be reached at the start, or does not let us in: one line that names the variable. */
class DatabaseUnreachableError extends Error {
  constructor(line: string, options?: { cause?: unknown }) {
    super(line, options)
    this.name = 'DatabaseUnreachableError'
  }
}

/** A connection of its own for what happens once at the start. The caller ends it. @throws DatabaseUnreachableError */
export async function connectAtBoot(url: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'xwms boot' })
    await client.connect()
    return client
  } catch (error) {
    // PostgreSQL's own words name the user and the database, never the password.
    const { code, message } = error as { code?: string; message?: string }
    const why = message || code || 'no answer'
    const line = env().embedded ? `the embedded database does not let us in: ${why}` : `DATABASE_URL does not lead to a database: ${why}`
    throw new DatabaseUnreachableError(line, { cause: error })
  }
}
