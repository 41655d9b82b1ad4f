import { Blocks } from 'lucide-react'
import type { Metadata } from 'next'
import Form from 'next/form'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ClientFilters } from '#components/clients/client-filters.tsx'
import { ClientTable } from '#components/clients/client-table.tsx'
import { FILTERS, type ListQuery, listHref, listInput, readListQuery } from '#components/clients/list-query.ts'
import { MissingPermission, NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { type ClientPage, listClients } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import type { TeamOfUser } from '#lib/teams/index.ts'
import { recentRequestsOfClients, recentUsageOfClients } from '#lib/usage/index.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { one } from '#lib/web/query.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: Props): Promise<Metadata> => {
  await teamOfPage(one((await searchParams).team))
  const t = await getTranslations('clients.list')
  return { title: t('title') }
})

async function load(asked: ListQuery, team: TeamOfUser) {
  const ctx = await requireUserContext()
  const seesUsage = team.permissions.includes('usage.read')
  const query = asked.sort === 'requests' && !seesUsage ? { ...asked, sort: undefined, dir: undefined, cursor: undefined } : asked
  try {
    const requests =
      query.sort === 'requests' ? await recentRequestsOfClients({ ctx, input: { teamId: team.id } }) : new Map<string, number>()
    const page: ClientPage = await listClients({ ctx, input: listInput(query, team.id), requests })
    const clientIds = page.clients.map(({ id }) => id)
    const usage = seesUsage ? await recentUsageOfClients({ ctx, input: { teamId: team.id, clientIds } }) : null
    return { ...page, usage, query }
  } catch (error) {
    if (isAppError(error) && error.code !== 'unauthenticated') notFound()
    throw error
  }
}

async function ClientsPage({ searchParams }: Props) {
  const params = await searchParams
  const asked = readListQuery(params)
  const { team } = await teamOfPage(asked.team)
  const [{ clients, nextCursor, previousCursor, usage, query }, t] = await Promise.all([load(asked, team), getTranslations('clients.list')])
  const mayCreate = team.permissions.includes('clients.create') && !team.limitedClients
  const createButton = (
    // A form, so that it is the button that it looks like, also to the keyboard and to assistive technology.
    <Form action="/clients/new">
      {query.team ? <input type="hidden" name="team" value={query.team} /> : null}
      <Button type="submit" variant="primary">
        {t('create')}
      </Button>
    </Form>
  )
  const create = mayCreate ? (
    createButton
  ) : (
    <NeedsPermission has={[]} permission="clients.create">
      <Button variant="primary">{t('create')}</Button>
    </NeedsPermission>
  )
  const filtered = query.q !== undefined || Object.keys(FILTERS).some((name) => query[name as keyof typeof FILTERS] !== undefined)
  const none = clients.length === 0
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={none && !filtered && mayCreate ? null : create} />
      {params.deleted ? (
        <Alert
          tone="success"
          role="status"
          actions={<TextLink href={listHref({ team: query.team }, { status: 'deleted' })}>{t('showDeleted')}</TextLink>}
        >
          {t('deleted')}
        </Alert>
      ) : null}
      {typeof params.restored === 'string' && /^cl_\w{1,60}$/.test(params.restored) ? (
        <Alert
          tone="success"
          role="status"
          actions={<TextLink href={`/clients/${params.restored}/secrets`}>{t('restoredSecrets')}</TextLink>}
        >
          {t('restored')}
        </Alert>
      ) : null}
      {none && !filtered && !query.cursor ? (
        <Card>
          <EmptyState
            icon={<Blocks />}
            title={t('empty.title')}
            description={t('empty.description')}
            action={
              <>
                {mayCreate ? createButton : null}
                <ButtonLink variant="ghost" href={listHref(query, { status: 'deleted' })}>
                  {t('showDeleted')}
                </ButtonLink>
              </>
            }
          />
        </Card>
      ) : (
        <>
          <ClientFilters query={query} />
          {query.status === 'deleted' ? <p className="text-muted">{t('restoreHint')}</p> : null}
          {usage ? null : <MissingPermission permission="usage.read" />}
          <Card>
            {none ? (
              <EmptyState
                title={t('nothing.title')}
                description={query.status === 'deleted' && !query.q ? t('nothing.noneDeleted') : t('nothing.description')}
                action={<ButtonLink href={listHref({ team: query.team })}>{t('nothing.all')}</ButtonLink>}
              />
            ) : (
              <ClientTable clients={clients} query={query} usage={usage} mayRestore={team.permissions.includes('clients.delete')} />
            )}
          </Card>
          <PagesNav
            previous={previousCursor && listHref(query, { cursor: previousCursor })}
            next={nextCursor && listHref(query, { cursor: nextCursor })}
          />
        </>
      )}
    </>
  )
}

export default withNotFound(ClientsPage)
