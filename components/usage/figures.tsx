import { ChevronRight } from 'lucide-react'
import { getFormatter, getTranslations } from 'next-intl/server'
import type { UsageReport } from '#lib/usage/index.ts'
import { Card } from '../ui/card.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { UsageAddress } from './address.ts'
import { CsvLink } from './csv-link.tsx'
import { milliseconds } from './milliseconds.ts'
import { momentOf } from './moments.ts'

/** Every figure of the charts, for those who do not see them, have no mouse, or want to copy them. */
export async function Figures({ report, address }: { report: UsageReport; address: UsageAddress }) {
  const [t, format] = await Promise.all([getTranslations('usage.figures'), getFormatter()])
  const share = (value: number | null) => (value === null ? '–' : format.number(value, { style: 'percent', maximumFractionDigits: 1 }))
  const columns = ['at', 'requests', 'refused', 'failed', 'errorShare', 'logins', 'tokens', 'people', 'p50', 'p95', 'p99'] as const
  return (
    <Card>
      <details className="group">
        <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 px-5 py-3 font-medium -outline-offset-2 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-muted transition-transform group-open:rotate-90" />
          {t('title')}
        </summary>
        <div className="border-t border-line">
          <Table label={t('title')} className="tabular-nums">
            <TableHead>
              {columns.map((column) => (
                <TableHeader key={column} numeric={column !== 'at'}>
                  {t(column)}
                </TableHeader>
              ))}
            </TableHead>
            <TableBody>
              {report.buckets.map((bucket) => {
                const { from, requests, refused, failed, errorShare, logins, tokens, people, latency } = bucket
                const numbers = [requests, refused, failed, share(errorShare), logins, tokens, people ?? '–']
                const times = [latency?.p50, latency?.p95, latency?.p99].map((value) =>
                  value === undefined ? '–' : milliseconds(format, value),
                )
                return (
                  <TableRow key={from.toISOString()}>
                    <th scope="row" className="px-3 py-1.5 pl-5 text-left font-normal whitespace-nowrap">
                      {momentOf(format, report.range, bucket)}
                    </th>
                    {[...numbers, ...times].map((value, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of columns
                      <TableCell key={index} numeric className="h-9">
                        {typeof value === 'number' ? format.number(value) : value}
                      </TableCell>
                    ))}
                  </TableRow>
                )
              })}
            </TableBody>
          </Table>
        </div>
      </details>
      <div className="border-t border-line px-5 py-3">
        <CsvLink report={report} address={address} table="time" label={t('csv')} />
      </div>
    </Card>
  )
}
