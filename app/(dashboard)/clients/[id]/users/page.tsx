import { Users } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PeopleSearch } from '#components/clients/people-search.tsx'
import { PeopleTable } from '#components/clients/people-table.tsx'
import { TestUsersCard } from '#components/clients/test-users-card.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { clientOfPage, testUsersOfPage } from '#lib/web/clients/page-data.ts'
import { peopleOfPage, peopleQuery } from '#lib/web/clients/people-data.ts'
import { withQuery } from '#lib/web/query.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('users')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

async function UsersPage({ params, searchParams }: Props) {
  const [{ id }, wanted] = await Promise.all([params, searchParams])
  const client = await clientOfPage(id)
  const query = peopleQuery(wanted)
  const t = await getTranslations('users')
  const base = `/clients/${client.id}/users`
  const inTestMode = client.domains.some(({ mode }) => mode === 'test')
  const [page, testUsers] = await Promise.all([peopleOfPage(client, query), inTestMode ? testUsersOfPage(client) : []])
  return (
    <>
      {page && (page.people.length > 0 || query.search) ? <PeopleSearch action={base} search={query.search} /> : null}
      <Card>
        <CardHeader title={t('title')} description={t('description')} />
        {page === null ? (
          <div className="p-5">
            <NeedsPermission has={client.permissions} permission="logs.read">
              {null}
            </NeedsPermission>
          </div>
        ) : page.people.length > 0 ? (
          <PeopleTable clientId={client.id} people={page.people} permissions={client.permissions} />
        ) : query.search ? (
          <EmptyState
            title={t('nothing.title')}
            description={t('nothing.description')}
            action={<ButtonLink href={base}>{(await getTranslations('tokens'))('all')}</ButtonLink>}
          />
        ) : (
          <EmptyState icon={<Users />} title={t('empty.title')} description={t('empty.description')} />
        )}
      </Card>
      <PagesNav
        first={query.cursor ? withQuery(base, { q: query.search }) : null}
        next={page?.nextCursor ? withQuery(base, { q: query.search, cursor: page.nextCursor }) : null}
      />
      {inTestMode ? <TestUsersCard clientId={client.id} testUsers={testUsers} permissions={client.permissions} /> : null}
    </>
  )
}

export default withNotFound(UsersPage)
