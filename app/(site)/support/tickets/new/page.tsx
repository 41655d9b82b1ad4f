import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextareaField, FormTextField } from '#components/forms/form-fields.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { MAX_SUBJECT, MAX_TEXT } from '#lib/tickets/schemas.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { createTicketAction } from '#lib/web/support/ticket-actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('support.tickets'))('new') }
}

/** `?request=` fills in the request id: pages that show a request lead here with it. */
export default async function NewTicketPage({ searchParams }: { searchParams: Promise<{ request?: string | string[] }> }) {
  await requireUserContext()
  const { request } = await searchParams
  const [t, support, common] = await Promise.all([
    getTranslations('support.tickets'),
    getTranslations('support'),
    getTranslations('common'),
  ])
  return (
    <>
      <PageHeader
        title={t('newTitle')}
        description={t('newDescription')}
        crumbs={[
          { href: '/support', label: support('title') },
          { href: '/support/tickets', label: t('own') },
        ]}
        crumbsLabel={common('breadcrumbs')}
      />
      <Card>
        <CardBody>
          <ActionForm action={createTicketAction}>
            <FormTextField label={t('subject')} name="subject" maxLength={MAX_SUBJECT} autoComplete="off" required />
            <FormTextareaField label={t('text')} name="text" rows={8} maxLength={MAX_TEXT} required />
            <FormTextField
              className="max-w-md"
              label={t('requestId')}
              optional={common('optional')}
              hint={t('requestIdHint')}
              name="requestId"
              defaultValue={typeof request === 'string' ? request.slice(0, 80) : ''}
              autoComplete="off"
              spellCheck={false}
            />
            <FormActions>
              <SubmitButton>{t('send')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </CardBody>
      </Card>
    </>
  )
}
