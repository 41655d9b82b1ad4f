import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextareaField } from '#components/forms/form-fields.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { TicketBadge } from '#components/support/ticket-badge.tsx'
import { TicketThread } from '#components/support/ticket-thread.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { getTicket } from '#lib/tickets/index.ts'
import { MAX_TEXT } from '#lib/tickets/schemas.ts'
import { answerTicketAction, closeTicketAsOperatorAction } from '#lib/web/operator/operator-actions.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { orNotFound } from '#lib/web/query.ts'

type Props = { params: Promise<{ id: string }> }

/** Asked once a request, by the title and by the page. */
const ticketOf = cache(async (id: string) => orNotFound(getTicket({ ctx: await operatorContext(), input: { ticketId: id } })))

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const { subject } = await ticketOf((await params).id)
  return { title: `${subject} · ${(await getTranslations('operator.tickets'))('title')}` }
})

/** One question, and the answer. */
async function OperatorTicketPage({ params }: Props) {
  const ticket = await ticketOf((await params).id)
  const [t, common] = await Promise.all([getTranslations('operator.tickets'), getTranslations('common')])
  return (
    <>
      <PageHeader
        title={ticket.subject}
        description={`${ticket.person.name} · ${ticket.person.email}`}
        badges={<TicketBadge status={ticket.status} />}
        crumbs={[{ href: '/operator/tickets', label: t('title') }]}
        crumbsLabel={common('breadcrumbs')}
      />
      <TicketThread ticket={ticket} own={false} />
      <Card>
        <CardBody className="space-y-4">
          <ActionForm action={answerTicketAction} name="answer" fields={{ ticketId: ticket.id }}>
            <FormTextareaField label={t('answer')} name="text" maxLength={MAX_TEXT} rows={5} required />
            <FormActions>
              <SubmitButton variant="primary">{t('send')}</SubmitButton>
            </FormActions>
          </ActionForm>
          {ticket.status === 'closed' ? null : (
            <ActionForm action={closeTicketAsOperatorAction} name="close" fields={{ ticketId: ticket.id }}>
              <SubmitButton variant="secondary" size="sm">
                {t('close')}
              </SubmitButton>
            </ActionForm>
          )}
        </CardBody>
      </Card>
    </>
  )
}

export default withNotFound(OperatorTicketPage)
