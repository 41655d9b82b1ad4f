'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

/** What an `error.tsx` shows: that it is our fault, a way to try again, and the reference that finds it in the log. */
export function ErrorPage({ digest, retry }: { digest?: string; retry: () => void }) {
  const t = useTranslations('errors.unexpected')
  return (
    <div role="alert" className="grid min-h-[60dvh] place-items-center">
      <EmptyState
        icon={<CircleAlert />}
        level={1}
        title={t('title')}
        description={t('description')}
        action={
          <Button variant="primary" onClick={retry}>
            {t('retry')}
          </Button>
        }
      />
      {digest ? <p className="self-start font-mono text-xs text-muted">{t('reference', { digest })}</p> : null}
    </div>
  )
}
