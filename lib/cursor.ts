import * as z from 'zod'
import { AppError } from './errors.ts'

/** What a list answers to a cursor that it did not give out, or gave out for another order. */
export function foreignCursor(): AppError {
  return new AppError('validation_failed', {
    message: 'cursor: not one of ours',
    fields: [{ path: 'cursor', message: 'not one of ours', code: 'invalid' }],
  })
}

/** An id, as a cursor may have it. */
export const placeId = z.string().regex(/^[\w-]{1,100}$/)

/** A place in a list that is ordered by a moment, and by id where several share one. */
export const placeInTime = z.tuple([
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    .transform((text) => new Date(text))
    .refine((at) => !Number.isNaN(at.getTime())),
  placeId,
])

/** A cursor that says where a list goes on. It is not signed: it may only lead to what its reader is shown anyway. */
export function writeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** What {@link writeCursor} wrote. @throws AppError validation_failed when it does not have this shape */
export function readCursor<Shape extends z.ZodType>(cursor: string, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (!parsed.success) throw foreignCursor()
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
