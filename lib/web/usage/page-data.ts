import { notFound } from 'next/navigation'
import { getTimeZone } from 'next-intl/server'
import { isAppError } from '#lib/errors.ts'
import { type UsageReport, usageReport } from '#lib/usage/index.ts'
import { requireUserContext } from '../context.ts'
import { one, type Query } from '../query.ts'

/** What the address asks for, in the person's time zone. */
export async function rangeOfPage(params: Query) {
  return { range: one(params.range), from: one(params.from), to: one(params.to), zone: await getTimeZone() }
}

/** The report of a page; null for a member who may not see usage. What is not theirs is "not found". */
export async function reportOfPage(whose: { teamId: string } | { clientId: string }, params: Query): Promise<UsageReport | null> {
  const ctx = await requireUserContext()
  try {
    return await usageReport({ ctx, input: { ...(await rangeOfPage(params)), ...whose } })
  } catch (error) {
    if (isAppError(error) && error.code === 'permission_denied') return null
    if (isAppError(error) && error.code === 'not_found') notFound()
    throw error
  }
}
