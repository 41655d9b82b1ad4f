import { clsx } from 'clsx'
import { getTranslations } from 'next-intl/server'
import type { TicketDetail } from '#lib/tickets/index.ts'
import { RelativeTime } from '../ui/time.tsx'

/** What was said in a ticket, oldest first. `own`: the reader is the one who asked. */
export async function TicketThread({ ticket, own }: { ticket: TicketDetail; own: boolean }) {
  const t = await getTranslations('support.tickets')
  return (
    <>
      {ticket.requestId ? (
        <p className="text-muted">
          {t('requestId')}: <code className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{ticket.requestId}</code>
        </p>
      ) : null}
      <ol className="space-y-3">
        {ticket.messages.map(({ id, byOperator, text, createdAt }) => (
          <li key={id} className={clsx('rounded-xl border border-line p-4', byOperator ? 'bg-accent-soft' : 'bg-surface')}>
            <p className="mb-1 flex flex-wrap justify-between gap-2 text-[0.8125rem] text-muted">
              <span className="font-medium">{byOperator ? t('operator') : own ? t('you') : ticket.person.name}</span>
              <RelativeTime date={createdAt} />
            </p>
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
          </li>
        ))}
      </ol>
    </>
  )
}
