import { getTranslations } from 'next-intl/server'
import type { TicketSummary } from '#lib/tickets/index.ts'
import { Badge } from '../ui/badge.tsx'

const TONES = { open: 'warning', answered: 'success', closed: 'neutral' } as const

/** Where a ticket stands. */
export async function TicketBadge({ status }: { status: TicketSummary['status'] }) {
  const t = await getTranslations('support.tickets')
  return <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>
}
