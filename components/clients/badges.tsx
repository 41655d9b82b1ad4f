import { getTranslations } from 'next-intl/server'
import { Badge } from '#components/ui/badge.tsx'

/** Whether a client works: active, disabled, or restricted for abuse. */
export async function StatusBadge({ client }: { client: { status: 'active' | 'disabled'; restricted: boolean } }) {
  const t = await getTranslations('clients.status')
  if (client.restricted) {
    return (
      <Badge tone="danger" dot>
        {t('restricted')}
      </Badge>
    )
  }
  return (
    <Badge tone={client.status === 'active' ? 'success' : 'warning'} dot>
      {t(client.status)}
    </Badge>
  )
}

/** Test or live. */
export async function ModeBadge({ mode }: { mode: 'test' | 'live' }) {
  const t = await getTranslations('clients.mode')
  return <Badge tone={mode === 'live' ? 'info' : 'neutral'}>{t(mode)}</Badge>
}
