import type { Subject } from './mend.ts'
import type { FixLink } from './types.ts'

/** Below the client's page. */
const TABS: Partial<Record<FixLink, string>> = {
  overview: '',
  domains: '/domains',
  redirect_uris: '/redirect-uris',
  scopes: '/scopes',
  secrets: '/secrets',
  users: '/users',
  settings: '/settings',
  usage: '/usage',
}

/** The addresses of places, for a subject. Those of a client that the actor cannot open lead to the list of clients. */
export function linksOf(links: readonly FixLink[], { client, secret }: Subject): { to: FixLink; href: string }[] {
  const found = links.map((to): { to: FixLink; href: string } => {
    if (to === 'plan') return { to, href: '/plan' }
    if (!client) return { to: 'clients', href: '/clients' }
    const base = `/clients/${client.id}`
    if (to === 'secret') return { to, href: `${base}/secrets/${secret?.id}` }
    return { to, href: base + (TABS[to] ?? '') }
  })
  return found.filter(({ href }, index) => found.findIndex((each) => each.href === href) === index)
}
