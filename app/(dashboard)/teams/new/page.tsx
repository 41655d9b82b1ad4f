import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { requireUserContext } from '#lib/web/context.ts'
import { createTeamAction } from '#lib/web/teams/team-actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('teams.create'))('title') }
}

/** A new team: one field. */
async function NewTeamPage() {
  await requireUserContext()
  const t = await getTranslations('teams.create')
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Card className="max-w-xl">
        <CardBody>
          <ActionForm action={createTeamAction}>
            <FormTextField label={t('name')} name="name" required maxLength={200} autoComplete="off" hint={t('hint')} />
            <FormActions>
              <SubmitButton>{t('submit')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </CardBody>
      </Card>
    </>
  )
}

export default withNotFound(NewTeamPage)
