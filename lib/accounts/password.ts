import { createHmac } from 'node:crypto'
import { singleton } from '#lib/registry.ts'
import { PasswordPool } from './password-pool.ts'

/** bcrypt reads 72 bytes and stops at NUL; what is longer or has one is hashed down first, so that every byte counts. */
const BCRYPT_BYTES = 72
const PRE_HASH_LABEL = 'xwms password pre-hash v1'

/** What hashes passwords: a pool of threads, or what a test puts in its place. */
export type PasswordHasher = {
  hash: (password: string) => Promise<string>
  compare: (password: string, hash: string) => Promise<boolean>
}

export const PASSWORD_HASHER = 'accounts.password-hasher'

function passwordHasher(): PasswordHasher {
  return singleton<PasswordHasher>(PASSWORD_HASHER, () => new PasswordPool())
}

/** Hashes a password for storage: bcrypt, cost 12. @throws AppError busy. */
export function hashPassword(password: string): Promise<string> {
  return passwordHasher().hash(bcryptInput(password))
}

/**
 * Whether `password` fits the stored hash. With no hash (unknown address, or one that only logs in elsewhere) it compares all
 * the same, with a hash that nothing fits, and answers false after the same time. @throws AppError busy.
 */
export async function comparePassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const fits = await passwordHasher().compare(bcryptInput(password), hash ?? DUMMY_HASH)
  return fits && hash != null
}

/** What bcrypt gets to see. The same characters typed on another keyboard (composed or not) are the same password. */
export function bcryptInput(password: string): string {
  const normal = password.normalize('NFC')
  if (Buffer.byteLength(normal) <= BCRYPT_BYTES && !normal.includes('\0')) return normal
  return createHmac('sha256', PRE_HASH_LABEL).update(normal).digest('base64')
}

/** bcrypt of random bytes that were thrown away, at the cost of real ones. */
const DUMMY_HASH = '$2b$12$13XCU.fo9kr4zycjgHhpNuBUMKl3sbJzRx5QHXxpwynxN0vGuL6ea'
