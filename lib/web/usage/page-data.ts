import { notFound } from 'next/navigation'
import { getTimeZone } from 'next-intl/server'
import { isAppError } from '#lib/errors.ts'
import { type UsageReport, usageReport } from '#lib/usage/index.ts'
import { requireUserContext } from '../context.ts'

export type UsageParams = Record<string, string | string[] | undefined>

/** One value of a query, of a bounded length. */
export function one(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.slice(0, 100) || undefined
}

/** What the address asks for, in the person's time zone. */
export async function rangeOfPage(params: UsageParams) {
  return { range: one(params.range), from: one(params.from), to: one(params.to), zone: await getTimeZone() }
}

/** The report of a page; null for a member who may not see usage. What is not theirs is "not found". */
export async function reportOfPage(whose: { teamId: string } | { clientId: string }, params: UsageParams): Promise<UsageReport | null> {
  const ctx = await requireUserContext()
  try {
    return await usageReport({ ctx, input: { ...(await rangeOfPage(params)), ...whose } })
  } catch (error) {
    if (isAppError(error) && error.code === 'permission_denied') return null
    if (isAppError(error) && error.code === 'not_found') notFound()
    throw error
  }
}
