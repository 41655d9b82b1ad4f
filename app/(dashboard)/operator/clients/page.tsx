import { ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { OperatorClientTable } from '#components/operator/client-table.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FilterChips } from '#components/ui/filter-chips.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { SearchForm } from '#components/ui/search-form.tsx'
import { listAllClients } from '#lib/installation/index.ts'
import { operatorContext } from '#lib/web/operator/page-data.ts'
import { one, orNotFound, type Query, withQuery } from '#lib/web/query.ts'

export const generateMetadata = withNotFoundTitle(async (): Promise<Metadata> => {
  await operatorContext()
  return { title: (await getTranslations('operator.clients'))('title') }
})

/** The restricted clients of the installation, and any other one to restrict. */
async function OperatorClientsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const ctx = await operatorContext()
  const query = await searchParams
  const [search, cursor, done] = [one(query.q), one(query.cursor), one(query.done)]
  const everyone = one(query.of) === 'all'
  const [{ clients, nextCursor }, t] = await Promise.all([
    orNotFound(listAllClients({ ctx, input: { restricted: !everyone, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) } })),
    getTranslations('operator.clients'),
  ])
  const href = (change: { of?: string | undefined; q?: string | undefined; cursor?: string | undefined }) => {
    return withQuery('/operator/clients', { q: search, of: everyone ? 'all' : undefined, ...change })
  }
  const empty = everyone ? (
    <EmptyState title={t('none')} action={<ButtonLink href={href({ q: undefined })}>{t('all')}</ButtonLink>} />
  ) : (
    <EmptyState
      icon={<ShieldCheck />}
      title={t(search ? 'none' : 'empty.title')}
      description={t('empty.description')}
      action={<ButtonLink href={href({ of: 'all' })}>{t('empty.action')}</ButtonLink>}
    />
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {done === 'restricted' || done === 'lifted' ? (
        <Alert tone="success" role="status">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      <SearchForm
        action="/operator/clients"
        label={t('search')}
        find={t('find')}
        query={search}
        hidden={{ of: everyone ? 'all' : undefined }}
      />
      <FilterChips
        label={t('show')}
        chips={[
          { label: t('restricted'), href: href({ of: undefined }), on: !everyone },
          { label: t('everyone'), href: href({ of: 'all' }), on: everyone },
        ]}
      />
      <Card>{clients.length === 0 ? empty : <OperatorClientTable clients={clients} here={href({ cursor })} />}</Card>
      <PagesNav first={cursor && href({})} next={nextCursor && href({ cursor: nextCursor })} />
    </>
  )
}

export default withNotFound(OperatorClientsPage)
