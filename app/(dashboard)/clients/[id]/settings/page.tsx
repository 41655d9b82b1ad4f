import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DeleteCard } from '#components/clients/delete-card.tsx'
import { GeneralCard } from '#components/clients/general-card.tsx'
import { HistoryCard } from '#components/clients/history-card.tsx'
import { LogoCard } from '#components/clients/logo-card.tsx'
import { RestrictionCard } from '#components/clients/restriction-card.tsx'
import { StatusCard } from '#components/clients/status-card.tsx'
import { TransferCard } from '#components/clients/transfer-card.tsx'
import { ProtocolCards } from '#components/protocol/protocol-cards.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { getRestriction } from '#lib/alerts/index.ts'
import { clientImpact } from '#lib/clients/index.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { requireUserContext } from '#lib/web/context.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('clients.settings')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

async function SettingsPage({ params }: Props) {
  const client = await clientOfPage((await params).id)
  const ctx = await requireUserContext()
  const input = { clientId: client.id }
  const [impact, restriction] = await Promise.all([clientImpact({ ctx, input }), getRestriction({ ctx, input })])
  return (
    <div className="max-w-3xl space-y-6">
      <GeneralCard client={client} />
      <LogoCard client={client} />
      <ProtocolCards client={client} />
      <StatusCard client={client} impact={impact} />
      <HistoryCard client={client} />
      <RestrictionCard client={client} impact={impact} restriction={restriction} isOperator={ctx.actor.isOperator} />
      <TransferCard client={client} />
      <DeleteCard client={client} impact={impact} />
    </div>
  )
}

export default withNotFound(SettingsPage)
