import { getFormatter, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { CsvTable, UsageReport, UsageShare } from '#lib/usage/index.ts'
import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { UsageAddress } from './address.ts'
import { CsvLink } from './csv-link.tsx'

const SHOWN = 10

/** Requests by one thing: endpoint, domain, cause. A bar behind each name shows its part. */
export async function SharesCard({
  report,
  address,
  by,
  name,
  withFailed = true,
}: {
  report: UsageReport
  address: UsageAddress
  by: Exclude<CsvTable, 'time'>
  /** How an entry is shown; its own name when left out. */
  name?: (share: UsageShare) => ReactNode
  withFailed?: boolean
}) {
  const [t, format] = await Promise.all([getTranslations('usage.shares'), getFormatter()])
  const shares = report[by]
  const most = Math.max(1, ...shares.map(({ requests }) => requests))
  return (
    <Card>
      <CardHeader title={t(`${by}.title`)} actions={<CsvLink report={report} address={address} table={by} label={t(`${by}.title`)} />} />
      {shares.length === 0 ? (
        <CardBody className="text-muted">{t(`${by}.none`)}</CardBody>
      ) : (
        <Table label={t(`${by}.title`)}>
          <TableHead>
            <TableHeader>{t(`${by}.column`)}</TableHeader>
            <TableHeader numeric>{t('requests')}</TableHeader>
            {withFailed ? <TableHeader numeric>{t('failed')}</TableHeader> : null}
          </TableHead>
          <TableBody>
            {shares.slice(0, SHOWN).map((share) => (
              <TableRow key={share.id}>
                <TableCell className="h-10 w-full max-w-0 min-w-32">
                  <div className="truncate">{name ? name(share) : share.name || t('none')}</div>
                  <svg aria-hidden viewBox="0 0 100 1" preserveAspectRatio="none" className="mt-1 block h-1 w-full">
                    <rect width="100" height="1" className="fill-sunken" />
                    <rect width={(100 * share.requests) / most} height="1" className={by === 'causes' ? 'fill-danger' : 'fill-accent'} />
                  </svg>
                </TableCell>
                <TableCell numeric className="tabular-nums">
                  {format.number(share.requests)}
                </TableCell>
                {withFailed ? (
                  <TableCell numeric className="tabular-nums text-muted">
                    {format.number(share.failed / Math.max(1, share.requests), { style: 'percent', maximumFractionDigits: 1 })}
                  </TableCell>
                ) : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {shares.length > SHOWN ? (
        <p className="border-t border-line px-5 py-2.5 text-[0.8125rem] text-muted">{t('more', { shown: SHOWN })}</p>
      ) : null}
    </Card>
  )
}
