import { ChartColumn, Lock } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { UsageReport, UsageShare } from '#lib/usage/index.ts'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { TextLink } from '../ui/link.tsx'
import { type UsageAddress, usageHref } from './address.ts'
import { UsageCharts } from './charts.tsx'
import { Figures } from './figures.tsx'
import { RangeBar } from './range-bar.tsx'
import { SharesCard } from './shares-card.tsx'
import { Totals } from './totals.tsx'

/** A usage page below its title. `plan` stands before the charts; `empty` is what to do while there is no traffic. */
export async function UsageView({
  report,
  address,
  plan,
  empty,
}: {
  report: UsageReport
  address: UsageAddress
  plan?: ReactNode
  empty: ReactNode
}) {
  const t = await getTranslations('usage')
  const parts = { report, address }
  const ofTeam = address.path === '/usage'
  const code = ({ id }: UsageShare) => <code className="font-mono text-[0.8125rem]">{id || t('shares.none')}</code>
  const requests = { ...address, path: address.path.replace(/usage$/, 'requests') }
  const [from, to] = [report.range.from.toISOString(), report.range.to.toISOString()]
  const cause = (share: UsageShare) => <TextLink href={usageHref(requests, { decision: share.id, from, to })}>{code(share)}</TextLink>
  const mode = ({ id }: UsageShare) => (id === 'live' || id === 'test' ? t(`modes.${id}`) : t('modes.none'))
  const client = ({ id, name }: UsageShare) => <TextLink href={`/clients/${id}/usage`}>{name}</TextLink>
  return (
    <>
      <RangeBar range={report.range} address={address} />
      {plan}
      {report.totals.requests === 0 && report.previous === null ? (
        <Card>
          <EmptyState icon={<ChartColumn />} title={t('empty.title')} description={t('empty.description')} action={empty} />
        </Card>
      ) : (
        <>
          <Totals report={report} />
          <UsageCharts report={report} />
          <Figures {...parts} />
          <div className="grid items-start gap-6 lg:grid-cols-2">
            {ofTeam ? <SharesCard {...parts} by="clients" name={client} /> : null}
            <SharesCard {...parts} by="causes" name={cause} withFailed={false} />
            <SharesCard {...parts} by="endpoints" name={code} />
            <SharesCard {...parts} by="domains" />
            <SharesCard {...parts} by="modes" name={mode} />
          </div>
          {report.range.key === '1h' ? <p className="text-[0.8125rem] text-muted">{t('hourNote')}</p> : null}
        </>
      )}
    </>
  )
}

/** For a member who may not see usage: which permission is missing. */
export async function UsageDenied() {
  const t = await getTranslations('usage.denied')
  return (
    <Card>
      <EmptyState
        icon={<Lock />}
        title={t('title')}
        description={t.rich('description', { permission: () => <code className="font-mono text-xs">usage.read</code> })}
      />
    </Card>
  )
}
