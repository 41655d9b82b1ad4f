import AzureADProvider from 'next-auth/providers/azure-ad'
import GitHubProvider from 'next-auth/providers/github'
import GoogleProvider from 'next-auth/providers/google'
import type { Provider } from 'next-auth/providers/index'
import { type ExternalLogin, externalLogins } from '#lib/accounts/index.ts'
import { env } from '#lib/env.ts'

const TIMEOUT_MS = 10_000

/** What a provider's own profile says of the address; each has its own way. */
type ExternalProfile = { email_verified?: unknown; xms_edov?: unknown }

/** The external log-ins that this installation has credentials for, as next-auth wants them. */
export function externalProviders(): Provider[] {
  return externalLogins().map(({ id, clientId, clientSecret }) => MAKERS[id]({ clientId, clientSecret }))
}

const MAKERS: Record<ExternalLogin['id'], (credentials: { clientId: string; clientSecret: string }) => Provider> = {
  google: (credentials) => GoogleProvider(credentials),
  'azure-ad': (credentials) =>
    AzureADProvider({
      ...credentials,
      tenantId: env().MICROSOFT_TENANT,
      // The library's own would fetch a photo from another host at every log-in.
      profile: ({ sub, name, email }) => ({ id: sub, name, email }),
    }),
  github: (credentials) =>
    GitHubProvider({
      ...credentials,
      userinfo: {
        url: 'https://api.github.com/user',
        // The public profile's address says nothing of being verified: ask for the primary one.
        async request({ client, tokens }) {
          const profile = await client.userinfo(tokens.access_token as string)
          return { ...profile, ...(await primaryAddress(tokens.access_token as string)) } as typeof profile
        },
      },
    }),
}

/** Whether the provider says that the person owns the address. Microsoft says so only in the optional claim `xms_edov`. */
export function isVerifiedBy(provider: string, profile: ExternalProfile | undefined): boolean {
  if (provider === 'azure-ad') return [true, 1, '1', 'true'].includes(profile?.xms_edov as never)
  return profile?.email_verified === true
}

async function primaryAddress(accessToken: string): Promise<{ email: string | null; email_verified: boolean }> {
  const response = await fetch('https://api.github.com/user/emails', {
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/vnd.github+json', 'user-agent': 'xwms-clients' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) return { email: null, email_verified: false }
  const list = (await response.json()) as { email: string; primary: boolean; verified: boolean }[]
  const primary = list.find((entry) => entry.primary)
  return { email: primary?.email ?? null, email_verified: primary?.verified === true }
}
