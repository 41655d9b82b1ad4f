import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import {
  authSecret,
  checkCredentials,
  endSession,
  type NewSession,
  readSessionToken,
  resolveExternalLogin,
  safeReturnTo,
  startSession,
} from '#lib/accounts/index.ts'
import type { Ctx } from '#lib/context.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { publicOrigin, withoutOrigin } from './origin.ts'
import { externalProviders, isVerifiedBy } from './providers.ts'

/** What happened inside next-auth, for the handler around it: next-auth itself only knows "wrong" and "right". */
export type Outcome = {
  userId: string | null
  amr: string[]
  remember: boolean
  /** Of the password that was compared; undefined when none was. */
  passwordChangedAt?: Date | null
  session: NewSession | null
  error: unknown
}

/** next-auth's options for one request: they write what happens into `outcome`. */
export function authOptions(ctx: Ctx, cookieHeader: string | null, outcome: Outcome): NextAuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: env().secure,
    session: { strategy: 'jwt', maxAge: 30 * 24 * 60 * 60 },
    // The token is made and checked in lib/accounts, so that the protocol can read the session without next-auth.
    jwt: {
      encode: async ({ token }) => String(token?.signed ?? ''),
      decode: async ({ token }) => {
        const session = await readSessionToken(token)
        if (!session) return null
        return { sub: session.sub, name: session.name, email: session.email, signed: token, sessionId: session.sessionId }
      },
    },
    pages: { signIn: '/login', signOut: '/logout', error: '/login' },
    providers: [credentials(ctx, outcome), ...externalProviders()],
    callbacks: {
      redirect: ({ url }) => `${publicOrigin()}${safeReturnTo(withoutOrigin(url))}`,
      signIn: async ({ account, user, profile }) => {
        if (account?.type === 'credentials') return true
        return await externally(ctx, outcome, account, user, profile)
      },
      jwt: async ({ token, trigger }) => {
        const { userId, amr, remember, passwordChangedAt } = outcome
        if (trigger !== 'signIn' || !userId) return token
        try {
          outcome.session = await startSession({ ctx, input: { userId, amr, remember, passwordChangedAt, cookieHeader } })
          return { signed: outcome.session.token }
        } catch (error) {
          outcome.error = error
          throw error
        }
      },
    },
    events: {
      signOut: async ({ token }) => {
        if (ctx.actor.kind === 'user' && token) await endSession({ ctx, input: { sessionId: token.sessionId } })
      },
    },
    // Its metadata may hold codes and tokens: only what it calls the event is kept.
    logger: {
      error: (code) => log().warn({ event: code }, 'next-auth'),
      warn: (code) => log().debug({ event: code }, 'next-auth'),
      debug: () => {},
    },
  }
}

function credentials(ctx: Ctx, outcome: Outcome) {
  return CredentialsProvider({
    credentials: { email: {}, password: {}, remember: {} },
    authorize: async (fields) => {
      try {
        const input = { email: fields?.email, password: fields?.password, remember: Boolean(fields?.remember) }
        const user = await checkCredentials({ ctx, input })
        const { userId, remember, passwordChangedAt } = user
        Object.assign(outcome, { userId, amr: ['pwd'], remember, passwordChangedAt })
        return { id: user.userId, name: user.name, email: user.email }
      } catch (error) {
        // next-auth would put the message of what it catches into an address.
        outcome.error = error
        return null
      }
    },
  })
}

type Account = { provider: string; providerAccountId: string } | null

async function externally(
  ctx: Ctx,
  outcome: Outcome,
  account: Account,
  user: { email?: string | null; name?: string | null },
  profile: object | undefined,
): Promise<boolean> {
  try {
    const { userId } = await resolveExternalLogin({
      ctx,
      input: {
        provider: account?.provider,
        providerAccountId: account?.providerAccountId,
        email: user.email ?? undefined,
        emailVerified: isVerifiedBy(account?.provider ?? '', profile),
        name: user.name,
      },
    })
    Object.assign(outcome, { userId, amr: ['fed'], remember: false })
    return true
  } catch (error) {
    outcome.error = error
    return false
  }
}
