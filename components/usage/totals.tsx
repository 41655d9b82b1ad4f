import { getFormatter, getTranslations } from 'next-intl/server'
import type { UsageReport, UsageTotals } from '#lib/usage/index.ts'
import { Card } from '../ui/card.tsx'
import { milliseconds } from './milliseconds.ts'

/** The range in a few numbers, each against the time before. */
export async function Totals({ report: { totals, previous } }: { report: UsageReport }) {
  const [t, format] = await Promise.all([getTranslations('usage.totals'), getFormatter()])
  const number = (value: number) => format.number(value)
  const share = (value: number | null) => (value === null ? '–' : format.number(value, { style: 'percent', maximumFractionDigits: 1 }))
  const change = (of: (totals: UsageTotals) => number | null) => {
    const [now, before] = [of(totals), previous && of(previous)]
    if (now === null || before === null || before === 0) return t('noComparison')
    const ratio = now / before - 1
    if (Math.abs(ratio) < 0.0005) return t('same')
    if (ratio >= 9) return t('times', { times: format.number(Math.round(ratio + 1)) })
    const by = format.number(Math.abs(ratio), { style: 'percent', maximumFractionDigits: Math.abs(ratio) < 0.1 ? 1 : 0 })
    return t(ratio > 0 ? 'more' : 'less', { by })
  }
  /** A share is compared in points: "2 % more" of 1 % would mislead. */
  const points = () => {
    if (totals.errorShare === null || previous?.errorShare == null) return t('noComparison')
    const by = totals.errorShare - previous.errorShare
    if (Math.abs(by) < 0.0005) return t('same')
    return t(by > 0 ? 'morePoints' : 'lessPoints', { by: format.number(Math.abs(by) * 100, { maximumFractionDigits: 1 }) })
  }
  const p95 = totals.latency && milliseconds(format, totals.latency.p95)
  const items = [
    { key: 'requests', value: number(totals.requests), note: change((of) => of.requests) },
    { key: 'refused', value: number(totals.refused), note: change((of) => of.refused) },
    { key: 'errorShare', value: share(totals.errorShare), note: points() },
    { key: 'p95', value: p95 ?? '–', note: change((of) => of.latency?.p95 ?? null) },
    { key: 'logins', value: number(totals.logins), note: change((of) => of.logins) },
    { key: 'tokens', value: number(totals.tokens), note: change((of) => of.tokens) },
    {
      key: 'people',
      value: totals.people === null ? '–' : number(totals.people),
      note: totals.people === null ? t('notKept') : change((of) => of.people),
    },
  ]
  return (
    <Card as="div">
      <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-4 lg:grid-cols-7">
        {items.map(({ key, value, note }) => (
          <div key={key} className="flex flex-col bg-surface px-4 py-3">
            <dt className="text-[0.8125rem] text-muted">{t(key)}</dt>
            <dd className="text-xl font-semibold tabular-nums">{value}</dd>
            <dd className="text-xs text-muted">{note}</dd>
          </div>
        ))}
        {/* Seven in rows of two or four: the last place stays calm. */}
        <div aria-hidden className="bg-surface lg:hidden" />
      </dl>
    </Card>
  )
}
