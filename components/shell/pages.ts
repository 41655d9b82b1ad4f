import { DOC_PAGES } from '#components/docs/pages.ts'
import { NAV } from './nav.ts'

export type KnownPage = {
  href: string
  /** Key of its name in the texts. */
  label: string
  /** Key of what it belongs to: tells it from others of its name. A page without is offered before anything is typed. */
  of?: string
  /** For operators only. */
  operator?: true
}

/** Every page that has an address of its own, so that the command palette finds it: all but those of one client, member, role, ticket, request… */
export const PAGES: readonly KnownPage[] = [
  ...NAV.map(({ key, href }) => ({ href, label: `shell.nav.${key}` })),
  { href: '/clients/new', label: 'clients.list.create' },
  { href: '/account', label: 'account.title' },
  ...below('/account', 'account.title', {
    security: 'account.tabs.security',
    sessions: 'account.tabs.sessions',
    apps: 'account.tabs.apps',
    addresses: 'account.tabs.addresses',
    'addresses/new': 'account.addresses.add',
    display: 'account.tabs.display',
    data: 'account.tabs.data',
  }),
  ...below('/requests', 'shell.nav.requests', { explain: 'explain.form.title' }),
  ...below('/team', 'shell.nav.team', {
    roles: 'teams.frame.roles',
    'roles/new': 'teams.roles.create',
    credentials: 'teams.frame.credentials',
    audit: 'teams.frame.audit',
    settings: 'teams.frame.settings',
    invite: 'teams.invite.title',
  }),
  { href: '/teams/new', label: 'teams.create.title', of: 'teams.switcher.label' },
  ...below('/support', 'shell.nav.support', { tickets: 'support.tickets.own', 'tickets/new': 'support.tickets.new' }),
  ...[...DOC_PAGES, 'api'].map((page) => ({ href: `/docs/${page}`, label: `docs.pages.${page}.title`, of: 'shell.nav.docs' })),
  { href: '/operator', label: 'operator.tabs.overview', of: 'operator.title', operator: true },
  ...below('/operator', 'operator.title', {
    teams: 'operator.tabs.teams',
    clients: 'operator.tabs.clients',
    plans: 'operator.tabs.plans',
    projects: 'operator.tabs.projects',
    'projects/new': 'operator.projects.create',
    tickets: 'operator.tabs.tickets',
    mail: 'operator.tabs.mail',
    keys: 'operator.tabs.keys',
    audit: 'operator.tabs.audit',
  }).map((page) => ({ ...page, operator: true as const })),
]

function below(path: string, of: string, labels: Record<string, string>): KnownPage[] {
  return Object.entries(labels).map(([name, label]) => ({ href: `${path}/${name}`, label, of }))
}
