import { getTranslations } from 'next-intl/server'

/** Someone in a list, by what they share with the client: at least their `sub`, which the client knows them by. */
export async function PersonCell({ person }: { person: { sub: string; name: string | null; email: string | null } }) {
  const t = await getTranslations('tokens')
  return (
    <span className="block min-w-40 [overflow-wrap:anywhere]">
      <span className={person.name === null ? 'block text-muted' : 'block font-medium'}>{person.name ?? t('unnamed')}</span>
      {person.email ? <span className="block text-muted">{person.email}</span> : null}
      <code className="block font-mono text-xs text-muted">{person.sub}</code>
    </span>
  )
}

/** How a sentence calls them. */
export function personName({ name, email, sub }: { sub: string; name: string | null; email: string | null }): string {
  return name ?? email ?? sub
}
