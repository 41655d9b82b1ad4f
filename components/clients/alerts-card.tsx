import { ShieldCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { AlertDto } from '#lib/alerts/index.ts'
import type { ClientDetail } from '#lib/clients/index.ts'
import { EvidenceList } from './evidence-list.tsx'

/** What the watch for abuse saw of a client, newest first; null for someone who may not read it. */
export async function AlertsCard({ client, alerts }: { client: ClientDetail; alerts: AlertDto[] | null }) {
  const t = await getTranslations('alerts')
  return (
    <Card aria-labelledby="alerts-title">
      <CardHeader id="alerts-title" title={t('card.title')} description={t('card.description')} />
      {alerts === null ? (
        <CardBody>
          <NeedsPermission has={client.permissions} permission="logs.read">
            {null}
          </NeedsPermission>
        </CardBody>
      ) : null}
      {alerts?.length === 0 ? (
        <EmptyState level={3} icon={<ShieldCheck />} title={t('card.empty.title')} description={t('card.empty.description')} />
      ) : null}
      {alerts && alerts.length > 0 ? (
        <ul className="divide-y divide-line">
          {alerts.map(({ id, kind, occurrences, lastAt, evidence }) => (
            <li key={id} className="space-y-2 px-5 py-4">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <h3 className="font-medium">{t(`kinds.${kind}.title`)}</h3>
                <p className="text-[0.8125rem] text-muted">
                  {t('card.times', { count: occurrences })} ·{' '}
                  {t.rich('card.last', { time: () => <RelativeTime date={new Date(lastAt)} /> })}
                </p>
              </div>
              <p className="text-muted">{t(`kinds.${kind}.text`, { client: client.name })}</p>
              <EvidenceList client={client} evidence={evidence} />
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}
