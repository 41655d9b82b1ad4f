// Runs in a worker thread: bcrypt is slow on purpose and must not hold up the event loop that answers requests.
import { parentPort } from 'node:worker_threads'
import bcrypt from 'bcryptjs'

export type PasswordTask = { id: number; password: string; hash: string | null }
export type PasswordAnswer = { id: number; result: string | boolean } | { id: number; error: string }

/** OWASP asks for at least 10; 12 takes about a quarter of a second. */
const COST = 12

parentPort?.on('message', ({ id, password, hash }: PasswordTask) => {
  try {
    const result = hash === null ? bcrypt.hashSync(password, COST) : bcrypt.compareSync(password, hash)
    parentPort?.postMessage({ id, result } satisfies PasswordAnswer)
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies PasswordAnswer)
  }
})
