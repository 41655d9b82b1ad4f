import { Megaphone } from 'lucide-react'
import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { ProjectState } from '#components/operator/project-state.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { SearchForm } from '#components/ui/search-form.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { DateTime } from '#components/ui/time.tsx'
import { listProjects } from '#lib/projects/index.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { one, orNotFound, type Query, withQuery } from '#lib/web/query.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.projects'))('title') }
})

/** What everyone may see of other projects, in the order in which it is shown; drafts too. */
async function OperatorProjectsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const ctx = await operatorContext()
  const query = await searchParams
  const [search, cursor] = [one(query.q), one(query.cursor)]
  const [{ projects, nextCursor }, t, format] = await Promise.all([
    orNotFound(listProjects({ ctx, input: { ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) } })),
    getTranslations('operator.projects'),
    getFormatter(),
  ])
  const page = (more: Record<string, string>) => withQuery('/operator/projects', { q: search, ...more })
  const create = (
    <ButtonLink href="/operator/projects/new" variant="primary">
      {t('create')}
    </ButtonLink>
  )
  const none = projects.length === 0 && !search && !cursor
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={none ? null : create} />
      {query.deleted ? (
        <Alert tone="success" role="status">
          {t('deleted')}
        </Alert>
      ) : null}
      {none ? (
        <Card>
          <EmptyState icon={<Megaphone />} title={t('empty.title')} description={t('empty.description')} action={create} />
        </Card>
      ) : (
        <>
          <SearchForm action="/operator/projects" label={t('search')} find={t('find')} query={search} />
          <Card>
            {projects.length === 0 ? (
              <EmptyState title={t('none')} action={<ButtonLink href="/operator/projects">{t('all')}</ButtonLink>} />
            ) : (
              <Table label={t('title')} cards>
                <TableHead>
                  <TableHeader>{t('fields.title')}</TableHeader>
                  <TableHeader>{t('state')}</TableHeader>
                  <TableHeader>{t('since')}</TableHeader>
                  <TableHeader>{t('fields.categories')}</TableHeader>
                  <TableHeader numeric>{t('fields.position')}</TableHeader>
                </TableHead>
                <TableBody>
                  {projects.map(({ id, title, state, publishedAt, categories, position }) => (
                    <TableRow key={id} interactive>
                      <TableCell className="max-w-80 min-w-36 [overflow-wrap:anywhere]">
                        <RowLink href={`/operator/projects/${id}`}>{title}</RowLink>
                      </TableCell>
                      <TableCell data-label={t('state')}>
                        <ProjectState state={state} />
                      </TableCell>
                      <TableCell data-label={t('since')}>{publishedAt ? <DateTime date={new Date(publishedAt)} /> : '–'}</TableCell>
                      <TableCell data-label={t('fields.categories')} className="max-w-56 [overflow-wrap:anywhere]">
                        {categories.join(', ') || '–'}
                      </TableCell>
                      <TableCell data-label={t('fields.position')} numeric>
                        {format.number(position)}
                      </TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            )}
          </Card>
          <PagesNav first={cursor && page({})} next={nextCursor && page({ cursor: nextCursor })} />
        </>
      )}
    </>
  )
}

export default withNotFound(OperatorProjectsPage)
