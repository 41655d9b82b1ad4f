import { getClientProtocol } from '#lib/clients/index.ts'
import { listLogoutDeliveries } from '#lib/logouts/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { LogoutCard } from './logout-card.tsx'
import { PartnersCards } from './partners-cards.tsx'
import { ProtocolCard } from './protocol-card.tsx'
import { TokenPolicyCard } from './token-policy-card.tsx'

export type ProtocolCardsProps = {
  client: { id: string; type: 'confidential' | 'public'; permissions: readonly Permission[] }
}

/** The settings of a client that are about the protocol: what it uses, how long its tokens live, who else may handle them. */
export async function ProtocolCards({ client }: ProtocolCardsProps) {
  const [ctx, input] = [await requireUserContext(), { clientId: client.id }]
  const protocol = await getClientProtocol({ ctx, input })
  const deliveries = protocol.settings.backchannelLogoutUri ? await listLogoutDeliveries({ ctx, input }) : null
  return (
    <>
      <TokenPolicyCard client={client} policy={protocol.policy} maxRefreshDays={protocol.maxRefreshDays} />
      <ProtocolCard client={client} settings={protocol.settings} />
      {deliveries ? <LogoutCard deliveries={deliveries} /> : null}
      <PartnersCards client={client} protocol={protocol} />
    </>
  )
}
