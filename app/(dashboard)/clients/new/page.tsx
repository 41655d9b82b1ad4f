import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CreateClient } from '#components/clients/create-client.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { createClientAction } from '#lib/web/clients/client-actions.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'
import { one } from '#lib/web/query.ts'
import { teamOfPage } from '#lib/web/teams/page-data.ts'

export const generateMetadata = withNotFoundTitle(
  async ({ searchParams }: { searchParams: Promise<{ team?: string | string[] }> }): Promise<Metadata> => {
    await teamOfPage(one((await searchParams).team))
    const t = await getTranslations('clients.create')
    return { title: t('title') }
  },
)

async function NewClientPage({ searchParams }: { searchParams: Promise<{ team?: string | string[] }> }) {
  const { team: wanted } = await searchParams
  const { teams, team } = await teamOfPage(typeof wanted === 'string' ? wanted : undefined)
  const [t, list, common] = await Promise.all([
    getTranslations('clients.create'),
    getTranslations('clients.list'),
    getTranslations('common'),
  ])
  const intro = teams.length > 1 ? t('descriptionTeam', { team: team.name }) : t('description')
  return (
    <>
      <PageHeader title={t('title')} crumbs={[{ href: '/clients', label: list('title') }]} crumbsLabel={common('breadcrumbs')} />
      <ClientMessages namespaces={['quickstart']}>
        <NeedsPermission has={team.limitedClients ? [] : team.permissions} permission="clients.create">
          <CreateClient action={createClientAction} teamId={team.id} intro={intro} formId={randomUUID()} />
        </NeedsPermission>
      </ClientMessages>
    </>
  )
}

export default withNotFound(NewClientPage)
