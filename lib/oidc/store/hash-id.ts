import { createHash } from 'node:crypto'

/** What stands for an id in the database. The kind is part of it: a code presented as a token is not found. */
export function hashId(kind: string, id: string): Buffer {
  return createHash('sha256').update(`${kind}\0${id}`).digest()
}
