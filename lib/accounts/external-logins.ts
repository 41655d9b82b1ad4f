import { env } from '#lib/env.ts'

export type ExternalLogin = { id: 'google' | 'azure-ad' | 'github'; name: string; clientId: string; clientSecret: string; origin: string }

/** The external log-ins that this installation has credentials for. `origin` is where the provider's log-in page is. */
export function externalLogins(): ExternalLogin[] {
  const settings = env()
  const all = [
    {
      id: 'google',
      name: 'Google',
      clientId: settings.GOOGLE_CLIENT_ID,
      clientSecret: settings.GOOGLE_CLIENT_SECRET,
      origin: 'https://accounts.google.com',
    },
    {
      id: 'azure-ad',
      name: 'Microsoft',
      clientId: settings.MICROSOFT_CLIENT_ID,
      clientSecret: settings.MICROSOFT_CLIENT_SECRET,
      origin: 'https://login.microsoftonline.com',
    },
    {
      id: 'github',
      name: 'GitHub',
      clientId: settings.GITHUB_CLIENT_ID,
      clientSecret: settings.GITHUB_CLIENT_SECRET,
      origin: 'https://github.com',
    },
  ] as const
  return all.flatMap(({ clientId, clientSecret, ...rest }) => (clientId && clientSecret ? [{ ...rest, clientId, clientSecret }] : []))
}
