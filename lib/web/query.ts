import { notFound } from 'next/navigation'
import { isAppError } from '#lib/errors.ts'

/** The query of a page's address, as Next hands it out. */
export type Query = Record<string, string | string[] | undefined>

/**
 * The first value of a query parameter; undefined when absent or empty. `max`: in characters; longer ones are cut. NUL is left out: no text of
 * the database has one, and PostgreSQL refuses to look for it.
 */
export function one(value: string | string[] | undefined, max = 200): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.slice(0, max).replaceAll('\0', '') || undefined
}

/** `path` with these parameters, without those that have no value. */
export function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return entries.length > 0 ? `${path}?${new URLSearchParams(entries)}` : path
}

/** What is not there, not theirs or not for them is "not found"; so is a cursor or filter that nobody wrote. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isAppError(error) && ['not_found', 'permission_denied', 'validation_failed'].includes(error.code)) notFound()
    throw error
  }
}
