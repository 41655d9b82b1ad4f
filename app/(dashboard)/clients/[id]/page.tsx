import { Check, Circle } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AlertsCard } from '#components/clients/alerts-card.tsx'
import { ModeBadge } from '#components/clients/badges.tsx'
import { DenialsCard } from '#components/clients/denials-card.tsx'
import { RestrictedBanner } from '#components/clients/restricted-banner.tsx'
import { StatusCard } from '#components/clients/status-card.tsx'
import { UsageCard } from '#components/clients/usage-card.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'
import { getRestriction, listAlerts } from '#lib/alerts/index.ts'
import { clientImpact, kindOf, missingForLive } from '#lib/clients/index.ts'
import { env } from '#lib/env.ts'
import { clientRequestsHref } from '#lib/links.ts'
import { recentUsageOfClient } from '#lib/usage/index.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { requireUserContext } from '#lib/web/context.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  return { title: (await clientOfPage((await params).id)).name }
})

const WHERE = { live_domain: 'domains', verified_domain: 'domains', live_secret: 'secrets', https_redirect_uri: 'redirect-uris' } as const
const STEPS = ['live_domain', 'verified_domain', 'live_secret', 'https_redirect_uri'] as const

async function OverviewPage({ params }: Props) {
  const client = await clientOfPage((await params).id)
  const [t, kinds] = await Promise.all([getTranslations('clients.overview'), getTranslations('clients.kinds')])
  const ctx = await requireUserContext()
  const input = { clientId: client.id }
  const may = (permission: 'logs.read' | 'usage.read') => client.permissions.includes(permission)
  const [restriction, impact, alerts, usage] = await Promise.all([
    getRestriction({ ctx, input }),
    clientImpact({ ctx, input }),
    may('logs.read') ? listAlerts({ ctx, input }) : null,
    may('usage.read') ? recentUsageOfClient({ ctx, input }) : null,
  ])
  const kind = kindOf(client)
  const seesRequests = may('logs.read')
  const alertsCard = <AlertsCard client={client} alerts={alerts} />
  const missing = missingForLive(client)
  const steps = STEPS.filter((step) => {
    return (step !== 'live_secret' || client.type === 'confidential') && (step !== 'https_redirect_uri' || kind !== 'machine')
  })
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
      <div className="min-w-0 space-y-6">
        {restriction ? <RestrictedBanner clientId={client.id} restriction={restriction} /> : null}
        {alerts?.length ? alertsCard : null}
        <UsageCard usage={usage} link={seesRequests ? <TextLink href={clientRequestsHref(client.id)}>{t('usage.all')}</TextLink> : null} />
        {usage ? (
          <DenialsCard
            denials={usage.denials}
            {...(seesRequests ? { hrefOf: (decision: string) => clientRequestsHref(client.id, { decision }) } : {})}
          />
        ) : null}
        <Card>
          <CardHeader
            title={t('connect.title')}
            description={t('connect.description')}
            actions={
              <ButtonLink size="sm" href={`/clients/${client.id}/quickstart`}>
                {t('quickstart')}
              </ButtonLink>
            }
          />
          <CardBody className="space-y-4">
            <CopyField label={t('clientId')} value={client.id} />
            <CopyField label={t('issuer')} value={`${env().PUBLIC_URL}/oidc`} />
            <CopyField label={t('discovery')} value={`${env().PUBLIC_URL}/oidc/.well-known/openid-configuration`} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={t('details.title')} />
          <CardBody>
            <DefinitionList
              items={[
                ...(client.description
                  ? [{ term: t('details.description'), value: <span className="whitespace-pre-line">{client.description}</span> }]
                  : []),
                {
                  term: t('details.type'),
                  value: kind === 'machine' ? kinds('machine') : t(`types.${client.type}.${client.applicationType}`),
                },
                {
                  term: t('details.domains'),
                  value: (
                    <span className="flex flex-wrap gap-x-3 gap-y-1">
                      {client.domains.map(({ id, host, mode }) => (
                        <span key={id} className="inline-flex items-center gap-1.5">
                          {host} <ModeBadge mode={mode} />
                        </span>
                      ))}
                    </span>
                  ),
                },
                { term: t('details.grants'), value: client.grantTypes.map((grant) => t(`grants.${grant}`)).join(', ') },
                { term: t('details.team'), value: client.team.name },
                { term: t('details.created'), value: <DateTime date={new Date(client.createdAt)} /> },
                {
                  term: t('details.lastUsed'),
                  value: client.lastUsedAt ? <RelativeTime date={new Date(client.lastUsedAt)} /> : t('never'),
                },
              ]}
            />
          </CardBody>
        </Card>
        {alerts?.length ? null : alertsCard}
      </div>
      <div className="space-y-6">
        <StatusCard client={client} impact={impact} />
        <Card>
          <CardHeader title={t('live.title')} description={missing.length === 0 ? t('live.ready') : t('live.missing')} />
          <CardBody>
            <ul className="space-y-3">
              {steps.map((step) => {
                const done = !missing.includes(step)
                return (
                  <li key={step} className="flex gap-2.5">
                    {done ? (
                      <Check aria-hidden className="mt-[3px] size-4 shrink-0 text-success-text" />
                    ) : (
                      <Circle aria-hidden className="mt-[3px] size-4 shrink-0 text-muted" />
                    )}
                    <span>
                      <span className="sr-only">{done ? t('live.done') : t('live.todo')} </span>
                      {done ? (
                        t(`live.steps.${step}`)
                      ) : (
                        <TextLink href={`/clients/${client.id}/${WHERE[step]}`}>{t(`live.steps.${step}`)}</TextLink>
                      )}
                    </span>
                  </li>
                )
              })}
            </ul>
          </CardBody>
        </Card>
      </div>
    </div>
  )
}

export default withNotFound(OverviewPage)
