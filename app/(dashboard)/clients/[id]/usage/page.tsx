import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { UsageDenied, UsageView } from '#components/usage/usage-view.tsx'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import type { Query } from '#lib/web/query.ts'
import { reportOfPage } from '#lib/web/usage/page-data.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const [t, client] = await Promise.all([getTranslations('usage'), clientOfPage((await params).id)])
  return { title: `${t('title')} – ${client.name}` }
})

/** How much a client is used. */
async function ClientUsagePage({ params, searchParams }: Props) {
  const client = await clientOfPage((await params).id)
  const report = await reportOfPage({ clientId: client.id }, await searchParams)
  if (!report) return <UsageDenied />
  const t = await getTranslations('usage.empty')
  return (
    <UsageView
      report={report}
      address={{ path: `/clients/${client.id}/usage` }}
      empty={
        <ButtonLink href={`/clients/${client.id}`} variant="primary">
          {t('toClient')}
        </ButtonLink>
      }
    />
  )
}

export default withNotFound(ClientUsagePage)
