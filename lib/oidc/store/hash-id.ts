import { sha256 } from '#lib/secrets/index.ts'

/** What stands for an id in the database. The kind is part of it: a code presented as a token is not found. */
export function hashId(kind: string, id: string): Buffer {
  return sha256(`${kind}\0${id}`)
}
