import { writeSync } from 'node:fs'
import { usage } from './commands.ts'
import type { Failure } from './errors.ts'
import type { CommandResult } from './types.ts'

const STDOUT = 1
const STDERR = 2

/** Prints the answer on stdout: one JSON document and nothing else, or text for a person. */
export function printResult({ data, text }: CommandResult, json: boolean): void {
  write(STDOUT, json ? `${JSON.stringify(data)}\n` : `${text.trimEnd()}\n`)
}

/** Says what went wrong and returns the exit code. With `json`, one document on stderr; a wish for help is answered on stdout. */
export function writeError({ exitCode, ...error }: Failure, json: boolean): number {
  if (error.code === 'help') write(STDOUT, json ? `${JSON.stringify({ usage: usage() })}\n` : usage())
  else if (json) write(STDERR, `${JSON.stringify({ error })}\n`)
  else write(STDERR, error.code === 'usage' ? `${error.message}\n\n${usage()}` : `${humanError(error)}\n`)
  return exitCode
}

function humanError({ message, fields = [] }: Omit<Failure, 'exitCode'>): string {
  if (fields.length < 2) return message
  return fields.map((field) => `${field.path}: ${field.message}`).join('\n')
}

/** A pipe whose reader is slow answers EAGAIN; the process must not end before all is written. */
function write(fd: number, text: string): void {
  let bytes = Buffer.from(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
