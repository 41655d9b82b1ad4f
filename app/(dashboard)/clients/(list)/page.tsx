import { Blocks, Search } from 'lucide-react'
import type { Metadata } from 'next'
import Form from 'next/form'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ClientTable } from '#components/clients/client-table.tsx'
import { NeedsPermission } from '#components/clients/needs-permission.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { TextField } from '#components/ui/field.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { listClients } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import { teamOfPage } from '#lib/web/clients/page-data.ts'
import { requireUserContext } from '#lib/web/context.ts'

type Params = Record<'team' | 'q' | 'cursor' | 'deleted', string | string[] | undefined>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('clients.list')
  return { title: t('title') }
}

function one(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.slice(0, 200) || undefined
}

export default async function ClientsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const params = await searchParams
  const ctx = await requireUserContext()
  const wanted = one(params.team)
  const { team } = await teamOfPage(wanted)
  const [search, cursor] = [one(params.q), one(params.cursor)]
  const t = await getTranslations('clients.list')
  const { clients, nextCursor } = await listClients({
    ctx,
    input: { teamId: team.id, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) },
  }).catch((error: unknown) => {
    if (isAppError(error) && error.code !== 'unauthenticated') notFound()
    throw error
  })

  const inTeam = (query: Record<string, string | undefined>) => {
    const entries = Object.entries({ team: wanted, ...query }).filter((entry): entry is [string, string] => !!entry[1])
    return `/clients${entries.length > 0 ? `?${new URLSearchParams(entries)}` : ''}`
  }
  const mayCreate = team.permissions.includes('clients.create') && !team.limitedClients
  const create = mayCreate ? (
    // A form, so that it is the button that it looks like, also to the keyboard and to assistive technology.
    <Form action="/clients/new">
      {wanted ? <input type="hidden" name="team" value={wanted} /> : null}
      <Button type="submit" variant="primary">
        {t('create')}
      </Button>
    </Form>
  ) : (
    <NeedsPermission has={[]} permission="clients.create">
      <Button variant="primary">{t('create')}</Button>
    </NeedsPermission>
  )
  const none = clients.length === 0

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={create} />
      {params.deleted ? (
        <Alert tone="success" role="status">
          {t('deleted')}
        </Alert>
      ) : null}
      {none && !search && !cursor ? (
        <Card>
          <EmptyState icon={<Blocks />} title={t('empty.title')} description={t('empty.description')} />
        </Card>
      ) : (
        <>
          <Form action="/clients" className="flex max-w-lg items-end gap-2">
            {wanted ? <input type="hidden" name="team" value={wanted} /> : null}
            <TextField className="flex-1" label={t('search')} name="q" type="search" defaultValue={search} placeholder={t('searchHint')} />
            <Button type="submit">
              <Search aria-hidden />
              {t('find')}
            </Button>
          </Form>
          <Card>
            {none ? (
              <EmptyState
                title={t('nothing.title')}
                description={t('nothing.description')}
                action={<ButtonLink href={inTeam({})}>{t('nothing.all')}</ButtonLink>}
              />
            ) : (
              <ClientTable clients={clients} />
            )}
          </Card>
          {nextCursor || cursor ? (
            <nav aria-label={t('pages')} className="flex justify-end gap-2">
              {cursor ? <ButtonLink href={inTeam({ q: search })}>{t('first')}</ButtonLink> : null}
              {nextCursor ? <ButtonLink href={inTeam({ q: search, cursor: nextCursor })}>{t('next')}</ButtonLink> : null}
            </nav>
          ) : null}
        </>
      )}
    </>
  )
}
