import { notFound } from 'next/navigation'
import { cache } from 'react'
import { type ClientDetail, getClient } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import { listTestUsers, type TestUserDto } from '#lib/test-users/index.ts'
import { requireUserContext } from '../context.ts'

/** The client of a page, read once a request. What is not there, not theirs, or not to be read by them is "not found". */
export const clientOfPage = cache(async (clientId: string): Promise<ClientDetail> => {
  const ctx = await requireUserContext()
  try {
    return await getClient({ ctx, input: { clientId } })
  } catch (error) {
    if (isAppError(error) && ['not_found', 'permission_denied'].includes(error.code)) notFound()
    throw error
  }
})

/** The test users of a page's client, for those who may see them. */
export async function testUsersOfPage({ id, permissions }: ClientDetail): Promise<TestUserDto[]> {
  return permissions.includes('domains.manage') ? listTestUsers({ ctx: await requireUserContext(), input: { clientId: id } }) : []
}
