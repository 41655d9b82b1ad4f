import type * as z from 'zod'
import { AppError, type FieldError } from './errors.ts'

/**
 * What `schema` makes of `input`. @throws AppError validation_failed with one entry per wrong field; each has a `code` that pages
 * translate by (`required`, `too_long`, …, or the `params.code` of a custom check) and an English message.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true })
  if (result.success) return result.data
  const fields = result.error.issues.map(fieldError)
  const first = fields[0]
  throw new AppError('validation_failed', { message: first ? `${first.path}: ${first.message}` : 'The input is not valid.', fields })
}

function fieldError(issue: z.core.$ZodIssue): FieldError {
  const path = issue.path.join('.')
  if (issue.code === 'custom') {
    const { code, ...params } = (issue.params ?? {}) as { code?: string } & Record<string, string | number>
    return { path, message: issue.message, code: code ?? 'invalid', params }
  }
  if (issue.code === 'too_small' && issue.origin === 'string') return { path, message: 'Required', code: 'required' }
  if (issue.code === 'too_big') {
    const max = Number(issue.maximum)
    return { path, message: `At most ${max} ${issue.origin === 'string' ? 'characters' : 'entries'}`, code: 'too_long', params: { max } }
  }
  // An absent member is `invalid_type` too; its input is undefined (and told only because of `reportInput`). Forms send text or nothing, so
  // that pages have one text for both; scripts read the message.
  if (issue.code === 'invalid_type') return { path, message: issue.input === undefined ? 'Required' : issue.message, code: 'required' }
  return { path, message: issue.message, code: 'invalid' }
}
