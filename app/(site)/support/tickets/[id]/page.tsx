import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextareaField } from '#components/forms/form-fields.tsx'
import { SiteNotFound } from '#components/shell/not-found-state.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { TicketBadge } from '#components/support/ticket-badge.tsx'
import { TicketThread } from '#components/support/ticket-thread.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { getTicket, type TicketDetail } from '#lib/tickets/index.ts'
import { MAX_TEXT } from '#lib/tickets/schemas.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { orNotFound } from '#lib/web/query.ts'
import { closeTicketAction, replyToTicketAction } from '#lib/web/support/ticket-actions.ts'

type Props = { params: Promise<{ id: string }> }

/** Asked once a request, by the title and by the page. */
const ticketOf = cache(async (id: string): Promise<{ ticket: TicketDetail; own: boolean }> => {
  const ctx = await requireUserContext()
  const ticket = await orNotFound(getTicket({ ctx, input: { ticketId: id } }))
  return { ticket, own: ticket.person.id === ctx.actor.userId }
})

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const { ticket } = await ticketOf((await params).id)
  return { title: `${ticket.subject} · ${(await getTranslations('support.tickets'))('title')}` }
})

async function TicketPage({ params }: Props) {
  const { ticket, own } = await ticketOf((await params).id)
  const [t, support, common] = await Promise.all([
    getTranslations('support.tickets'),
    getTranslations('support'),
    getTranslations('common'),
  ])
  return (
    <>
      <PageHeader
        title={ticket.subject}
        badges={<TicketBadge status={ticket.status} />}
        crumbs={[
          { href: '/support', label: support('title') },
          { href: '/support/tickets', label: t('own') },
        ]}
        crumbsLabel={common('breadcrumbs')}
      />
      <TicketThread ticket={ticket} own={own} />
      {own ? (
        <Card>
          <CardBody className="space-y-4">
            <ActionForm action={replyToTicketAction} fields={{ ticketId: ticket.id }}>
              <FormTextareaField
                label={t('reply')}
                hint={ticket.status === 'closed' ? t('reopen') : undefined}
                name="text"
                rows={4}
                maxLength={MAX_TEXT}
                required
              />
              <FormActions>
                <SubmitButton>{t('replySend')}</SubmitButton>
              </FormActions>
            </ActionForm>
            {ticket.status === 'closed' ? null : (
              <ActionForm action={closeTicketAction} fields={{ ticketId: ticket.id }}>
                <SubmitButton variant="ghost">{t('close')}</SubmitButton>
              </ActionForm>
            )}
          </CardBody>
        </Card>
      ) : null}
    </>
  )
}

export default withNotFound(TicketPage, SiteNotFound)
