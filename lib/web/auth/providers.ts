import AzureADProvider from 'next-auth/providers/azure-ad'
import GitHubProvider from 'next-auth/providers/github'
import GoogleProvider from 'next-auth/providers/google'
import type { Provider } from 'next-auth/providers/index'
import { env } from '#lib/env.ts'

const TIMEOUT_MS = 10_000

/** What a provider's own profile says of the address; each has its own way. */
type ExternalProfile = { email_verified?: unknown; xms_edov?: unknown }

/** The external log-ins that this installation has credentials for, as next-auth wants them. */
export function externalProviders(): Provider[] {
  const settings = env()
  const providers: Provider[] = []
  if (settings.GOOGLE_CLIENT_ID && settings.GOOGLE_CLIENT_SECRET) {
    providers.push(GoogleProvider({ clientId: settings.GOOGLE_CLIENT_ID, clientSecret: settings.GOOGLE_CLIENT_SECRET }))
  }
  if (settings.MICROSOFT_CLIENT_ID && settings.MICROSOFT_CLIENT_SECRET) {
    providers.push(
      AzureADProvider({
        clientId: settings.MICROSOFT_CLIENT_ID,
        clientSecret: settings.MICROSOFT_CLIENT_SECRET,
        tenantId: settings.MICROSOFT_TENANT,
        // The library's own would fetch a photo from another host at every log-in.
        profile: ({ sub, name, email }) => ({ id: sub, name, email }),
      }),
    )
  }
  if (settings.GITHUB_CLIENT_ID && settings.GITHUB_CLIENT_SECRET) {
    providers.push(
      GitHubProvider({
        clientId: settings.GITHUB_CLIENT_ID,
        clientSecret: settings.GITHUB_CLIENT_SECRET,
        userinfo: {
          url: 'https://api.github.com/user',
          // The public profile's address says nothing of being verified: ask for the primary one.
          async request({ client, tokens }) {
            const profile = await client.userinfo(tokens.access_token as string)
            return { ...profile, ...(await primaryAddress(tokens.access_token as string)) } as typeof profile
          },
        },
      }),
    )
  }
  return providers
}

/** Names and ids for the buttons. */
export function externalChoices(): { id: string; name: string }[] {
  const names: Record<string, string> = { google: 'Google', 'azure-ad': 'Microsoft', github: 'GitHub' }
  return externalProviders().map(({ id }) => ({ id, name: names[id] ?? id }))
}

/** Where the buttons' forms end up: origins for the policy's `form-action`. */
export function externalFormTargets(): string[] {
  const { GOOGLE_CLIENT_ID, MICROSOFT_CLIENT_ID, GITHUB_CLIENT_ID } = env()
  return [
    GOOGLE_CLIENT_ID && 'https://accounts.google.com',
    MICROSOFT_CLIENT_ID && 'https://login.microsoftonline.com',
    GITHUB_CLIENT_ID && 'https://github.com',
  ].filter((origin): origin is string => Boolean(origin))
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
