import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { ProjectForm } from '#components/operator/project-form.tsx'
import { ProjectState } from '#components/operator/project-state.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { DateTime } from '#components/ui/time.tsx'
import { getProject } from '#lib/projects/index.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { deleteProjectAction, publishProjectAction, unpublishProjectAction } from '#lib/web/operator/project-actions.ts'
import { one, orNotFound, type Query } from '#lib/web/query.ts'

const DONE = ['created', 'published', 'scheduled', 'unpublished'] as const

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

/** Asked once a request, by the title and by the page. */
const projectOf = cache(async (id: string) => orNotFound(getProject({ ctx: await operatorContext(), input: { id } })))

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const { title } = await projectOf((await params).id)
  return { title: `${title} · ${(await getTranslations('operator.projects'))('title')}` }
})

/** One project: what it says, and whether everyone sees it. */
async function OperatorProjectPage({ params, searchParams }: Props) {
  const project = await projectOf((await params).id)
  const [t, common] = await Promise.all([getTranslations('operator.projects'), getTranslations('common')])
  const { id, title, state, publishedAt } = project
  const fields = { id: String(id) }
  const wanted = one((await searchParams).done)
  const done = DONE.find((what) => what === wanted)
  return (
    <>
      <PageHeader
        title={title}
        badges={<ProjectState state={state} />}
        crumbs={[{ href: '/operator/projects', label: t('title') }]}
        crumbsLabel={common('breadcrumbs')}
      />
      {done ? (
        <Alert tone="success" role="status">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      <Card className="max-w-2xl">
        <CardHeader
          title={t('publishing')}
          description={publishedAt ? t.rich(`is.${state}`, { time: () => <DateTime date={new Date(publishedAt)} /> }) : t('is.draft')}
        />
        <CardBody className="flex flex-wrap gap-2">
          {state === 'published' ? null : (
            <Confirm
              id="publish"
              trigger={t('publish.trigger')}
              triggerVariant="primary"
              triggerSize="md"
              title={t('publish.question', { title })}
              confirm={t('publish.confirm')}
              cancel={common('cancel')}
              tone="primary"
              action={publishProjectAction}
              fields={fields}
            >
              <p className="text-muted">{t('publish.text')}</p>
              <FormTextField
                label={t('publish.at')}
                hint={t('publish.atHint')}
                name="at"
                type="datetime-local"
                optional={common('optional')}
              />
            </Confirm>
          )}
          {state === 'draft' ? null : (
            <Confirm
              id="unpublish"
              trigger={t('unpublish.trigger')}
              triggerSize="md"
              title={t('unpublish.question', { title })}
              confirm={t('unpublish.trigger')}
              cancel={common('cancel')}
              action={unpublishProjectAction}
              fields={fields}
            >
              <p className="text-muted">{t('unpublish.text')}</p>
            </Confirm>
          )}
          <Confirm
            id="delete"
            trigger={t('delete.trigger')}
            triggerVariant="danger"
            triggerSize="md"
            title={t('delete.question', { title })}
            confirm={t('delete.trigger')}
            cancel={common('cancel')}
            action={deleteProjectAction}
            fields={fields}
          >
            <p className="text-muted">{t(state === 'published' ? 'delete.published' : 'delete.text')}</p>
          </Confirm>
        </CardBody>
      </Card>
      <Card className="max-w-2xl">
        <CardHeader title={t('content')} />
        <CardBody>
          <ProjectForm project={project} />
        </CardBody>
      </Card>
    </>
  )
}

export default withNotFound(OperatorProjectPage)
