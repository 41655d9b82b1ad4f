import { getFormatter, getTranslations } from 'next-intl/server'
import type { PlanUse } from '#lib/usage/index.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'

/** How much of the month's live requests is used, and when it will run out at the pace of the last week. */
export async function PlanCard({ use }: { use: PlanUse | null }) {
  const [t, format] = await Promise.all([getTranslations('usage.plan'), getFormatter()])
  if (!use) {
    return (
      <Card>
        <CardHeader title={t('title')} />
        <CardBody className="text-muted">{t('noPlan')}</CardBody>
      </Card>
    )
  }
  const { plan, perMonth, used, resetsAt, perDay, endsAt, projected } = use
  const share = perMonth > 0 ? used / perMonth : 1
  const day = (at: Date) => format.dateTime(at, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  const tone = share >= 1 ? 'fill-danger' : endsAt || share >= 0.8 ? 'fill-warning-text' : 'fill-accent'
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description', { plan, resetsAt: day(resetsAt) })} />
      <CardBody className="space-y-3">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span>
            <span className="text-xl font-semibold tabular-nums">{format.number(used)}</span>{' '}
            <span className="text-muted">{t('of', { perMonth })}</span>
          </span>
          <span className="tabular-nums">{format.number(share, { style: 'percent', maximumFractionDigits: 1 })}</span>
        </p>
        <svg aria-hidden viewBox="0 0 100 1" preserveAspectRatio="none" className="block h-2 w-full overflow-hidden rounded-full">
          <rect width="100" height="1" className="fill-sunken" />
          <rect width={100 * Math.min(1, share)} height="1" className={tone} />
        </svg>
        <p className="text-muted">
          {share >= 1
            ? t('usedUp', { resetsAt: day(resetsAt) })
            : endsAt
              ? t('ends', { endsAt: day(endsAt), perDay: Math.round(perDay) })
              : t('enough', { projected, perDay: Math.round(perDay) })}
        </p>
      </CardBody>
    </Card>
  )
}
