import { getFormatter, getTranslations } from 'next-intl/server'
import type { UsageReport } from '#lib/usage/index.ts'
import { BarChart } from '../charts/bar-chart.tsx'
import { LineChart } from '../charts/line-chart.tsx'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { milliseconds } from './milliseconds.ts'
import { axisMoments, momentOf } from './moments.ts'

/** Requests, latency, and log-ins over the range. */
export async function UsageCharts({ report }: { report: UsageReport }) {
  const [t, format] = await Promise.all([getTranslations('usage.charts'), getFormatter()])
  const { range, buckets, totals } = report
  const moments = axisMoments(format, range, buckets)
  const whole = (value: number) => format.number(value, { notation: value >= 10_000 ? 'compact' : 'standard' })
  const at = buckets.map((bucket) => momentOf(format, range, bucket))
  const time = (value: number | undefined) => (value === undefined ? '–' : milliseconds(format, value))
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Card className="lg:col-span-2">
        <CardHeader title={t('requests.title')} />
        <CardBody>
          <BarChart
            label={t('requests.label', { requests: totals.requests, failed: totals.failed })}
            moments={moments}
            format={whole}
            parts={[
              { label: t('requests.passed'), fill: 'fill-accent', stroke: 'stroke-accent' },
              { label: t('requests.failed'), fill: 'fill-danger', stroke: 'stroke-danger' },
            ]}
            bars={buckets.map(({ requests, failed, from }, index) => ({
              key: from.toISOString(),
              title: t('requests.point', { at: at[index] ?? '', requests, failed }),
              values: [requests - failed, failed],
            }))}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title={t('latency.title')} />
        <CardBody>
          <LineChart
            label={t('latency.label', { p50: time(totals.latency?.p50), p95: time(totals.latency?.p95), p99: time(totals.latency?.p99) })}
            moments={moments}
            format={(value) => milliseconds(format, value)}
            lines={[
              { label: 'p50', values: buckets.map(({ latency }) => latency?.p50 ?? null), stroke: 'stroke-accent' },
              { label: 'p95', values: buckets.map(({ latency }) => latency?.p95 ?? null), stroke: 'stroke-warning-text', dash: '7 4' },
              { label: 'p99', values: buckets.map(({ latency }) => latency?.p99 ?? null), stroke: 'stroke-danger-text', dash: '2 4' },
            ]}
            titles={buckets.map(({ latency }, index) =>
              t('latency.point', { at: at[index] ?? '', p50: time(latency?.p50), p95: time(latency?.p95), p99: time(latency?.p99) }),
            )}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title={t('logins.title')} />
        <CardBody>
          <LineChart
            label={t('logins.label', { logins: totals.logins, tokens: totals.tokens, people: totals.people ?? 0 })}
            moments={moments}
            format={whole}
            lines={[
              { label: t('logins.tokens'), values: buckets.map(({ tokens }) => tokens), stroke: 'stroke-line-strong', dash: '7 4' },
              { label: t('logins.logins'), values: buckets.map(({ logins }) => logins), stroke: 'stroke-accent' },
              { label: t('logins.people'), values: buckets.map(({ people }) => people), stroke: 'stroke-success-text', dash: '2 4' },
            ]}
            titles={buckets.map(({ logins, tokens, people }, index) =>
              t('logins.point', { at: at[index] ?? '', logins, tokens, people: people ?? 0 }),
            )}
          />
        </CardBody>
      </Card>
    </div>
  )
}
