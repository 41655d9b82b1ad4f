import { Waypoints } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApiForm } from '#components/apis/api-form.tsx'
import { ApiItem } from '#components/apis/api-item.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { listResourceServers } from '#lib/resources/index.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { one, orNotFound } from '#lib/web/query.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(
  async ({ searchParams }: { searchParams: Promise<{ team?: string | string[] }> }): Promise<Metadata> => {
    await teamOfPage(one((await searchParams).team))
    return { title: (await getTranslations('apis'))('title') }
  },
)

/** The APIs (resource servers) of a team: what access tokens may be made for. */
async function ApisPage({ searchParams }: { searchParams: Promise<{ team?: string | string[] }> }) {
  const { team: wanted } = await searchParams
  const t = await getTranslations('apis')
  const { team } = await teamOfPage(typeof wanted === 'string' ? wanted : undefined)
  const { resourceServers, permissions } = await orNotFound(
    listResourceServers({ ctx: await requireUserContext(), input: { teamId: team.id } }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="max-w-3xl space-y-6">
        {resourceServers.length === 0 ? (
          <Card>
            <EmptyState
              icon={<Waypoints />}
              title={t('emptyTitle')}
              description={t('empty')}
              action={<ButtonLink href="#add">{t('add.submit')}</ButtonLink>}
            />
          </Card>
        ) : null}
        {resourceServers.map((api) => (
          <ApiItem key={api.id} api={api} teamId={team.id} permissions={permissions} />
        ))}
        <Card id="add">
          <CardHeader title={t('add.title')} description={t('add.description')} />
          <CardBody>
            <ApiForm teamId={team.id} permissions={permissions} />
          </CardBody>
        </Card>
      </div>
    </>
  )
}

export default withNotFound(ApisPage)
