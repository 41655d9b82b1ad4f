/** A question that people ask: its texts are under `support.questions`. */
export type SupportQuestion = {
  id: string
  area: SupportArea
  tags: readonly string[]
  /** Where more is written. */
  docs: string | null
  /** Where one does it. */
  page: string
}

export const SUPPORT_AREAS = ['start', 'clients', 'security', 'oauth', 'usage', 'contact'] as const
export type SupportArea = (typeof SUPPORT_AREAS)[number]

/** In the order in which they are shown. */
export const SUPPORT_QUESTIONS: readonly SupportQuestion[] = [
  { id: 'purpose', area: 'start', tags: ['api', 'integration'], docs: '/docs', page: '/register' },
  { id: 'access', area: 'start', tags: ['setup'], docs: '/docs/quickstart', page: '/clients/new' },
  { id: 'docs', area: 'start', tags: ['api', 'setup'], docs: '/docs', page: '/docs/api' },
  { id: 'rest', area: 'start', tags: ['api'], docs: '/docs/errors', page: '/docs/api' },
  { id: 'local', area: 'start', tags: ['setup', 'api'], docs: '/docs/local-testing', page: '/clients' },
  { id: 'sdks', area: 'start', tags: ['integration'], docs: '/docs/flows', page: '/clients' },
  { id: 'client', area: 'clients', tags: ['client', 'dashboard'], docs: '/docs/credentials', page: '/clients/new' },
  { id: 'secret', area: 'clients', tags: ['client', 'client-credentials'], docs: '/docs/credentials', page: '/clients' },
  { id: 'change-client', area: 'clients', tags: ['client', 'dashboard'], docs: '/docs/tokens', page: '/clients' },
  { id: 'teammates', area: 'clients', tags: ['client', 'dashboard'], docs: null, page: '/team' },
  { id: 'headers', area: 'security', tags: ['security', 'client-credentials'], docs: '/docs/credentials', page: '/clients' },
  { id: 'rotate', area: 'security', tags: ['security', 'client-credentials'], docs: '/docs/credentials', page: '/clients' },
  { id: 'where-secrets', area: 'security', tags: ['security'], docs: '/docs/credentials', page: '/clients' },
  { id: 'https', area: 'security', tags: ['security'], docs: '/docs/credentials', page: '/clients' },
  { id: 'restrict', area: 'security', tags: ['security'], docs: '/docs/domains', page: '/clients' },
  { id: 'abuse', area: 'security', tags: ['security'], docs: '/docs/limits', page: '/clients' },
  { id: 'oauth', area: 'oauth', tags: ['oauth'], docs: '/docs/flows', page: '/account/apps' },
  { id: 'tokens', area: 'oauth', tags: ['oauth', 'tokens'], docs: '/docs/tokens', page: '/clients' },
  { id: 'flows', area: 'oauth', tags: ['oauth', 'flows'], docs: '/docs/flows', page: '/clients/new' },
  { id: 'lifetimes', area: 'oauth', tags: ['oauth', 'tokens'], docs: '/docs/tokens', page: '/account/apps' },
  { id: 'redirects', area: 'oauth', tags: ['oauth', 'flows'], docs: '/docs/domains', page: '/clients' },
  { id: 'limits', area: 'usage', tags: ['usage', 'limits'], docs: '/docs/limits', page: '/plan' },
  { id: 'why-failed', area: 'usage', tags: ['usage', 'logs'], docs: '/docs/errors', page: '/requests' },
  { id: 'formats', area: 'usage', tags: ['api', 'limits'], docs: '/docs/errors', page: '/docs/api' },
  { id: 'webhooks', area: 'usage', tags: ['api'], docs: '/docs/api', page: '/docs/api' },
  { id: 'reach', area: 'contact', tags: ['tickets'], docs: null, page: '/support/tickets/new' },
]

/** Every tag, as often as it is used first. */
export const SUPPORT_TAGS: readonly string[] = [...new Set(SUPPORT_QUESTIONS.flatMap(({ tags }) => tags))].sort()
