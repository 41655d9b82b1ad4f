import type { Actor, Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import type { Locale } from '#lib/i18n/index.ts'
import { setSingleton } from '#lib/registry.ts'
import { decrypt } from '#lib/secrets/index.ts'
import { PASSWORD_HASHER, type PasswordHasher } from './password.ts'

export const GOOD_PASSWORD = 'a rainy day in Utrecht'

/** A hasher that costs nothing and counts, for tests that are not about hashing. */
export function useQuickHasher(): { calls: number } {
  const counter = { calls: 0 }
  const hasher: PasswordHasher = {
    hash: async (password) => {
      counter.calls++
      return `quick:${password}`
    },
    compare: async (password, hash) => {
      counter.calls++
      return hash === `quick:${password}`
    },
  }
  setSingleton(PASSWORD_HASHER, hasher)
  return counter
}

/** A request by nobody, from `ip`. */
export function nobody(ip: string | null = '203.0.113.1', locale: Locale = 'en'): Ctx {
  return { actor: { kind: 'nobody' }, requestId: 'req_test', ip, userAgent: 'test', locale }
}

/** A request by this person. */
export async function actingAs(userId: string, sessionId = 'ses_test', ip: string | null = '203.0.113.1'): Promise<Ctx> {
  const { sub, email, isOperator } = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const actor: Actor = { kind: 'user', userId, sub, email, isOperator, sessionId }
  return { ...nobody(ip), actor }
}

/** The code in the newest kept mail of this template to `email`. */
export async function mailedCode(email: string, template: string): Promise<string> {
  const rows = await db().mail.findMany({ where: { template }, orderBy: { createdAt: 'desc' } })
  for (const { id, content } of rows) {
    const opened = JSON.parse(decrypt('mail', content as Uint8Array, id).toString()) as { to: string; params: { code: string } }
    if (opened.to === email) return opened.params.code
  }
  throw new Error(`no ${template} mail to ${email}`)
}

/** How many mails of this template went to `email`. */
export async function mailCount(email: string, template: string): Promise<number> {
  const rows = await db().mail.findMany({ where: { template } })
  return rows.filter(({ id, content }) => JSON.parse(decrypt('mail', content as Uint8Array, id).toString()).to === email).length
}
