import pg from 'pg'
import { pool } from '#lib/db.ts'

/** A COPY … FROM STDIN whose data is at hand. */
class CopyIn extends pg.Query {
  readonly #data: Buffer

  constructor(statement: string, data: string) {
    super(statement)
    this.#data = Buffer.from(data)
  }

  handleCopyInResponse(connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }): void {
    connection.sendCopyFromChunk(this.#data)
    connection.endCopyFrom()
  }
}

/** Puts rows into columns of a table, all or none: about half of what an INSERT costs, here and in PostgreSQL. @throws pg errors */
export async function copyIn(table: string, columns: readonly string[], rows: readonly unknown[][]): Promise<void> {
  const data = rows.map((row) => `${row.map(field).join('\t')}\n`).join('')
  await pool().query(new CopyIn(`COPY ${table} (${columns.join(', ')}) FROM STDIN`, data))
}

const SPECIAL = /[\\\t\n\r]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** COPY's text format. */
function field(value: unknown): string {
  if (value === null) return '\\N'
  if (typeof value === 'number') return String(value)
  const text = value instanceof Date ? value.toISOString() : String(value)
  return SPECIAL.test(text) ? text.replace(SPECIAL, (character) => ESCAPES[character] as string) : text
}
