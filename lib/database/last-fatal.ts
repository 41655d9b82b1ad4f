import { readFileSync } from 'node:fs'

/** What PostgreSQL last wrote about ending, beyond the first `since` bytes of its log; undefined when it wrote nothing of the kind. */
export function lastFatal(logFile: string, since: number): string | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(logFile)
  } catch {
    return undefined
  }
  // Shorter than it was: begun anew.
  const text = bytes.subarray(bytes.length < since ? 0 : since).toString()
  return [...text.matchAll(/\b(?:FATAL|PANIC): +(.+)$/gm)].at(-1)?.[1]
}
