import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ProjectForm } from '#components/operator/project-form.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { operatorContext } from '#lib/web/operator/page-data.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.projects'))('create') }
})

/** A new project: a draft, until it is published. */
async function NewProjectPage() {
  await operatorContext()
  const [t, common] = await Promise.all([getTranslations('operator.projects'), getTranslations('common')])
  return (
    <>
      <PageHeader
        title={t('create')}
        description={t('createText')}
        crumbs={[{ href: '/operator/projects', label: t('title') }]}
        crumbsLabel={common('breadcrumbs')}
      />
      <Card className="max-w-2xl">
        <CardBody>
          <ProjectForm />
        </CardBody>
      </Card>
    </>
  )
}

export default withNotFound(NewProjectPage)
