import type { Page } from 'playwright/test'
import { DOC_PAGES } from '#components/docs/pages.ts'
import type { ServerProcess } from '#lib/testing/server-process.ts'
import type { RelyingParty } from '../fixtures/relying-party.ts'

/** A page to look at: its name, and the address to open. `route`: the page's folder in `app`, where the address does not tell. */
export type Stop = { name: string; path: string; status?: number; route?: string }

/** What the pages of a client's owner are made of. */
export type Installed = {
  clientId: string
  clientSecret: string
  secretId: string
  requestId: string
  ownerId: string
  addressId: string
  ticketId: string
}

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
  { name: 'invitation-gone', path: '/invitations/thereisnosuchtoken' },
  { name: 'support', path: '/support' },
  { name: 'support-found', path: '/support?q=secret&tag=security' },
  { name: 'docs', path: '/docs' },
  ...DOC_PAGES.map((page) => ({ name: `docs-${page}`, path: `/docs/${page}` })),
  { name: 'docs-api', path: '/docs/api' },
  { name: 'device', path: '/oidc/device' },
  { name: 'sign-gone', path: '/sign/xwst_thereisnosuchtoken' },
]

/** Pages for the owner of a client. */
export function dashboardPages({ clientId, secretId, requestId, ownerId, addressId, ticketId }: Installed): Stop[] {
  const tabs = ['domains', 'redirect-uris', 'scopes', 'secrets', 'tokens', 'users', 'requests', 'usage', 'settings']
  return [
    { name: 'clients', path: '/clients' },
    { name: 'client-create', path: '/clients/new' },
    { name: 'apis', path: '/apis' },
    { name: 'clients-deleted', path: '/clients?status=deleted' },
    { name: 'client-no-such-tab', path: `/clients/${clientId}/no-such-tab`, status: 404 },
    { name: 'client-quickstart', path: `/clients/${clientId}/quickstart` },
    { name: 'client-overview', path: `/clients/${clientId}` },
    ...tabs.map((tab) => ({ name: `client-${tab}`, path: `/clients/${clientId}/${tab}` })),
    { name: 'client-secret', path: `/clients/${clientId}/secrets/${secretId}` },
    { name: 'requests', path: '/requests?status=4xx&range=7d' },
    { name: 'requests-of-odd-filters', path: '/requests?range=10y&from=soon&cursor=x&ip=%27--' },
    { name: 'request', path: `/requests/${requestId}`, route: '/requests/[requestId]' },
    { name: 'request-opened', path: `/requests?open=${requestId}` },
    { name: 'explain-choose', path: '/requests/explain' },
    { name: 'explain', path: `/requests/explain?client=${clientId}&domain=localhost&secret=wrong&ip=203.0.113.7&secure=on` },
    { name: 'client-not-found', path: `/clients/${clientId}/there/is/nothing`, status: 404 },
    { name: 'search', path: '/search?q=a' },
    { name: 'client-secret-leaked', path: `/clients/${clientId}/secrets/${secretId}/leaked` },
    { name: 'client-tokens-application', path: `/clients/${clientId}/tokens?of=application` },
    { name: 'usage', path: '/usage' },
    { name: 'usage-long', path: '/usage?range=custom&from=2016-01-01&to=2026-01-01' },
    { name: 'team', path: '/team' },
    { name: 'team-member', path: `/team/members/${ownerId}` },
    { name: 'team-invite', path: '/team/invite' },
    { name: 'team-roles', path: '/team/roles' },
    { name: 'team-role', path: '/team/roles/rol_developer', route: '/team/roles/[roleId]' },
    { name: 'team-role-create', path: '/team/roles/new?from=rol_viewer' },
    { name: 'team-credentials', path: '/team/credentials' },
    { name: 'team-credentials-none', path: '/team/credentials?finding=old' },
    { name: 'team-audit', path: '/team/audit?action=client&from=2026-01-01' },
    { name: 'team-settings', path: '/team/settings' },
    { name: 'team-create', path: '/teams/new' },
    { name: 'plan', path: '/plan' },
    { name: 'account', path: '/account' },
    ...['security', 'sessions', 'apps', 'addresses', 'addresses/new', 'display', 'data'].map((tab) => ({
      name: `account-${tab.replace('/', '-')}`,
      path: `/account/${tab}`,
    })),
    { name: 'account-address', path: `/account/addresses/${addressId}` },
    { name: 'tickets', path: '/support/tickets' },
    { name: 'ticket-new', path: '/support/tickets/new' },
    { name: 'ticket', path: `/support/tickets/${ticketId}` },
    { name: 'verify-email', path: '/verify-email' },
    { name: 'logout', path: '/logout' },
  ]
}

/** Pages for an operator. */
export function operatorPages({
  ticketId,
  teamId,
  projectId,
}: Pick<Installed, 'ticketId'> & { teamId: string; projectId: string }): Stop[] {
  return [
    { name: 'operator', path: '/operator' },
    { name: 'operator-teams', path: '/operator/teams' },
    { name: 'operator-team', path: `/operator/teams/${teamId}` },
    { name: 'operator-clients', path: '/operator/clients' },
    { name: 'operator-clients-all', path: '/operator/clients?of=all' },
    { name: 'operator-plans', path: '/operator/plans' },
    { name: 'operator-projects', path: '/operator/projects' },
    { name: 'operator-project-create', path: '/operator/projects/new' },
    { name: 'operator-project', path: `/operator/projects/${projectId}` },
    { name: 'operator-mail', path: '/operator/mail' },
    { name: 'operator-keys', path: '/operator/keys' },
    { name: 'operator-audit', path: '/operator/audit' },
    { name: 'operator-audit-narrow', path: '/operator/audit?action=project&from=2026-01-01' },
    { name: 'operator-tickets', path: '/operator/tickets' },
    { name: 'operator-ticket', path: `/operator/tickets/${ticketId}` },
  ]
}

/** The consent page, as a relying party leads to it. */
export async function consentPage(party: RelyingParty, credentials: { clientId: string; clientSecret: string }): Promise<Stop> {
  const { url } = await party.begin(credentials)
  return { name: 'consent', path: url, route: '/interaction/[uid]' }
}

/** The pages of a client, for `owner`, which the CLI makes first. */
export async function installClient(
  server: ServerProcess,
  owner: { id: string; email: string },
  redirectUri: string,
): Promise<Omit<Installed, keyof Own>> {
  const flags = ['--owner', owner.email, '--name', 'Weather app', '--redirect-uri', redirectUri]
  type Made = { client_id: string; client_secret: string; secret_id: string }
  const { client_id, client_secret, secret_id } = await server.cli<Made>('client', 'create', ...flags)
  const headers = { 'x-client-id': client_id, 'x-client-secret': client_secret, 'x-client-domain': 'elsewhere.example' }
  const response = await fetch(`${server.url}/api/v1/whoami`, { headers })
  await response.arrayBuffer()
  const requestId = response.headers.get('x-request-id') ?? ''
  return { clientId: client_id, clientSecret: client_secret, secretId: secret_id, requestId, ownerId: owner.id }
}

type Own = Pick<Installed, 'addressId' | 'ticketId'>

/** An address and a ticket of the person who is logged in. */
export async function installAccount(page: Page): Promise<Own> {
  await page.goto('/account/addresses/new')
  for (const [label, text] of Object.entries({ Street: 'Oudegracht', 'Postal code': '3511 AB', City: 'Utrecht' }))
    await page.getByLabel(label).fill(text)
  await page.getByLabel('Country').selectOption('NL')
  await page.getByRole('button', { name: 'Add address' }).click()
  const address = await page.getByRole('link', { name: /^Change/ }).getAttribute('href')
  await page.goto('/support/tickets/new')
  await page.getByLabel('Subject').fill('Why is my call refused?')
  await page.getByLabel('What happened').fill('Since today it says ip_not_allowed.')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.waitForURL(/\/tickets\/tkt_/)
  const last = (url: string | null) => url?.split('/').at(-1) ?? ''
  return { addressId: last(address), ticketId: last(page.url()) }
}

/** A project of the installation, by the operator who is logged in. */
export async function installProject(page: Page): Promise<{ projectId: string }> {
  await page.goto('/operator/projects/new')
  await page.getByLabel('Title').fill('Northwind Travel')
  await page.getByLabel('Categories').fill('Travel, Planning')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL(/\/projects\/\d+/)
  return { projectId: /projects\/(\d+)/.exec(page.url())?.[1] ?? '' }
}
