import { useTranslations } from 'next-intl'
import { Badge } from '#components/ui/badge.tsx'

/** Whether a client works: active, disabled, or restricted for abuse. */
export function StatusBadge({ client }: { client: { status: 'active' | 'disabled'; restricted: boolean } }) {
  const t = useTranslations('clients.status')
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
export function ModeBadge({ mode }: { mode: 'test' | 'live' }) {
  const t = useTranslations('clients.mode')
  return <Badge tone={mode === 'live' ? 'info' : 'neutral'}>{t(mode)}</Badge>
}
