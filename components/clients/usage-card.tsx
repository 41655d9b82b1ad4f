import { getFormatter, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MissingPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { Sparkline } from '#components/ui/sparkline.tsx'
import type { RecentUsageOfClient } from '#lib/usage/index.ts'

/** Requests, errors and latency of a client in the last 24 hours. Null: the person may not see usage. */
export async function UsageCard({ usage, link }: { usage: RecentUsageOfClient | null; link?: ReactNode }) {
  const [t, format] = await Promise.all([getTranslations('clients.overview.usage'), getFormatter()])
  const ms = (value: number | undefined) =>
    value === undefined ? t('none') : t('ms', { value: value < 10 ? Number(value.toFixed(1)) : Math.round(value) })
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} actions={link} />
      <CardBody className="space-y-4">
        {usage ? (
          <>
            <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
              <Figure term={t('requests')}>{format.number(usage.requests)}</Figure>
              <Figure term={t('errors')} alarming={(usage.errorShare ?? 0) >= 0.05}>
                {usage.errorShare === null ? t('none') : format.number(usage.errorShare, { style: 'percent', maximumFractionDigits: 1 })}
              </Figure>
              <Figure term={t('p50')}>{ms(usage.latency?.p50)}</Figure>
              <Figure term={t('p95')}>{ms(usage.latency?.p95)}</Figure>
            </dl>
            {usage.requests > 0 ? (
              <Sparkline values={usage.hours} label={t('chart', { list: usage.hours.join(', ') })} className="h-16 w-full" />
            ) : (
              <p className="text-muted">{t('empty')}</p>
            )}
          </>
        ) : (
          <MissingPermission permission="usage.read" />
        )}
      </CardBody>
    </Card>
  )
}

function Figure({ term, alarming = false, children }: { term: string; alarming?: boolean; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[0.8125rem] text-muted">{term}</dt>
      <dd className={alarming ? 'text-lg font-semibold text-danger-text' : 'text-lg font-semibold'}>{children}</dd>
    </div>
  )
}
