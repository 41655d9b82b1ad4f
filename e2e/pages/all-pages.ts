import type { RelyingParty } from '../fixtures/relying-party.ts'

/** A page to look at: its name, and the address to open. */
export type Stop = { name: string; path: string; status?: number }

/** Pages for someone who is not logged in. */
export const publicPages: Stop[] = [
  { name: 'register', path: '/register' },
  { name: 'login', path: '/login' },
  { name: 'login-error', path: '/login?error=CredentialsSignin' },
  { name: 'home', path: '/' },
  { name: 'forgot-password', path: '/forgot-password' },
  { name: 'reset-password', path: '/reset-password' },
  { name: 'not-found', path: '/there-is-nothing-here', status: 404 },
  { name: 'protocol-error', path: '/oidc/auth?client_id=unknown', status: 400 },
]

/** Pages for the owner of a client. */
export function dashboardPages(clientId: string): Stop[] {
  const tabs = ['domains', 'redirect-uris', 'scopes', 'secrets', 'settings']
  return [
    { name: 'clients', path: '/clients' },
    { name: 'client-create', path: '/clients/new' },
    { name: 'client-overview', path: `/clients/${clientId}` },
    ...tabs.map((tab) => ({ name: `client-${tab}`, path: `/clients/${clientId}/${tab}` })),
    { name: 'account', path: '/account' },
    { name: 'verify-email', path: '/verify-email' },
    { name: 'logout', path: '/logout' },
  ]
}

/** The consent page, as a relying party leads to it. */
export async function consentPage(party: RelyingParty, credentials: { clientId: string; clientSecret: string }): Promise<Stop> {
  const { url } = await party.begin(credentials)
  return { name: 'consent', path: url }
}
