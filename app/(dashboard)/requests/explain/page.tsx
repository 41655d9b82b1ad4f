import type { Metadata } from 'next'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { Decision, HttpStatus } from '#components/requests/decision-badge.tsx'
import { Explanation } from '#components/requests/explanation.tsx'
import { PreviewForm } from '#components/requests/preview-form.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { SelectField, TextField } from '#components/ui/field.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { one } from '#lib/web/query.ts'
import { clientsToChoose, type LogParams } from '#lib/web/requests/page-data.ts'
import { previewOfPage } from '#lib/web/requests/preview-data.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<LogParams> }): Promise<Metadata> => {
  await teamOfPage(one((await searchParams).team))
  return { title: (await getTranslations('explain.form'))('title') }
})

/** What the gate would say to a request that nobody made. */
async function ExplainPage({ searchParams }: { searchParams: Promise<LogParams> }) {
  const params = await searchParams
  const asked = typeof params.team === 'string' && params.team ? params.team : undefined
  const { team } = await teamOfPage(asked)
  const hidden: Record<string, string> = asked ? { team: asked } : {}
  const [t, log, common] = await Promise.all([getTranslations('explain.form'), getTranslations('requests'), getTranslations('common')])
  const header = (
    <PageHeader
      title={t('title')}
      description={t('description')}
      crumbs={[{ href: asked ? `/requests?team=${encodeURIComponent(asked)}` : '/requests', label: log('title') }]}
      crumbsLabel={common('breadcrumbs')}
    />
  )
  if (typeof params.client !== 'string' || !params.client)
    return (
      <>
        {header}
        <ChooseClient teamId={team.id} hidden={hidden} />
      </>
    )
  const client = await clientOfPage(params.client)
  const page = await previewOfPage(client, params)
  return (
    <>
      {header}
      <PreviewForm client={client} page={page} hidden={hidden} />
      {page.preview ? (
        <>
          <p role="status" className="flex flex-wrap items-center gap-2">
            {t('result')} <HttpStatus status={page.preview.status} /> <Decision code={page.preview.decision} />
          </p>
          <Explanation explanation={page.preview.explanation} id="preview" />
        </>
      ) : null}
    </>
  )
}

export default withNotFound(ExplainPage)

async function ChooseClient({ teamId, hidden }: { teamId: string; hidden: Record<string, string> }) {
  const [t, clients] = await Promise.all([getTranslations('explain.form'), clientsToChoose(teamId)])
  if (clients?.length === 0)
    return (
      <Card>
        <EmptyState title={t('none')} action={<ButtonLink href="/clients/new">{t('create')}</ButtonLink>} />
      </Card>
    )
  return (
    <Card>
      <CardBody>
        <Form action="/requests/explain" className="max-w-md space-y-4">
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {clients ? (
            <SelectField label={t('client')} name="client" options={clients.map(({ id, name }) => ({ value: id, label: name }))} />
          ) : (
            <TextField label={t('client')} name="client" placeholder="cl_…" required autoComplete="off" spellCheck={false} />
          )}
          <FormActions>
            <SubmitButton>{t('continue')}</SubmitButton>
          </FormActions>
        </Form>
      </CardBody>
    </Card>
  )
}
