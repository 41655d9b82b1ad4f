import { findAccountBySub } from '#lib/accounts/index.ts'
import type { Ctx } from '#lib/context.ts'
import { type CountrySummary, countrySummary } from '#lib/countries/index.ts'
import { db } from '#lib/db.ts'
import { AppError } from '#lib/errors.ts'
import { type DisclosedProfile, disclosedProfile } from './disclosed-profile.ts'
import { type Reach, reachPerson } from './reach-person.ts'

export type UserInfo = DisclosedProfile & {
  /** YYYY-MM-DD */
  birth_date: string | null
  gender: string | null
  second_email: string | null
  country: CountrySummary | null
  socials: { provider: string; email: string | null }[]
}

/**
 * What a client may know of one person. Without the scope `userinfo`, the client's and allowed, the extra fields are null; `socials`
 * are told only when asked for.
 * @throws AppError as reachPerson
 */
export async function getUserInfo({ ctx, input }: { ctx: Ctx; input: { reach: Reach; sub: string; socials: boolean } }): Promise<UserInfo> {
  const person = await reachPerson(ctx, input)
  const profile = await findAccountBySub(person.sub)
  if (!profile) throw new AppError('user_not_found', { message: 'There is no such user for this client.' })
  const base = disclosedProfile(profile, person.scopes)
  if (!person.scopes.includes('userinfo')) {
    return { ...base, birth_date: null, gender: null, second_email: null, country: null, socials: [] }
  }
  const more = await db().user.findUniqueOrThrow({
    where: { id: person.userId },
    select: {
      secondEmail: true,
      country: true,
      externalAccounts: { select: { provider: true, email: true }, orderBy: { createdAt: 'asc' } },
    },
  })
  return {
    ...base,
    birth_date: profile.birthdate,
    gender: profile.gender,
    second_email: more.secondEmail,
    country: more.country ? await countrySummary(more.country) : null,
    socials: input.socials ? more.externalAccounts : [],
  }
}
