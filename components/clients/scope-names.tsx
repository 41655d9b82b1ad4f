import { getTranslations } from 'next-intl/server'

/** Scopes by their names, as in a request. */
export async function ScopeNames({ scopes }: { scopes: readonly string[] }) {
  if (scopes.length === 0) {
    const t = await getTranslations('tokens')
    return <span className="text-muted">{t('noScopes')}</span>
  }
  return <code className="block max-w-64 min-w-32 font-mono text-xs [overflow-wrap:anywhere]">{scopes.join(' ')}</code>
}
