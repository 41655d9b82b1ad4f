import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApplicationTokenTable } from '#components/clients/application-token-table.tsx'
import { AuthorizationTable } from '#components/clients/authorization-table.tsx'
import { PeopleSearch } from '#components/clients/people-search.tsx'
import { RevokeAllCard } from '#components/clients/revoke-all-card.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { clientImpact } from '#lib/clients/index.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { peopleQuery, tokensOfPage } from '#lib/web/clients/people-data.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { withQuery } from '#lib/web/query.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('tokens')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

const KINDS = ['people', 'application'] as const

async function TokensPage({ params, searchParams }: Props) {
  const [{ id }, wanted] = await Promise.all([params, searchParams])
  const client = await clientOfPage(id)
  const kind = KINDS.find((one) => one === wanted.of) ?? 'people'
  const query = peopleQuery(wanted)
  const t = await getTranslations('tokens')
  const base = `/clients/${client.id}/tokens`
  const of = kind === 'people' ? undefined : kind

  const impact = clientImpact({ ctx: await requireUserContext(), input: { clientId: client.id } })
  const page = await tokensOfPage(client, kind, query)
  const none = page === null || page.authorizations.length + page.applicationTokens.length === 0
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <nav aria-label={t('kinds.label')} className="flex flex-wrap gap-2">
          {KINDS.map((one) => (
            <ButtonLink
              key={one}
              size="sm"
              href={withQuery(base, { of: one === 'people' ? null : one })}
              variant={one === kind ? 'secondary' : 'ghost'}
              aria-current={one === kind ? 'page' : undefined}
            >
              {t(`kinds.${one}`)}
            </ButtonLink>
          ))}
        </nav>
        {page && kind === 'people' ? <PeopleSearch action={base} search={query.search} /> : null}
      </div>
      <Card>
        <CardHeader title={t('title')} description={t('description')} />
        {page === null ? (
          <div className="p-5">
            <NeedsPermission has={client.permissions} permission="logs.read">
              {null}
            </NeedsPermission>
          </div>
        ) : none ? (
          <EmptyState
            icon={<KeyRound />}
            {...(page.nextCursor
              ? { title: t('older.title'), description: t('older.description') }
              : query.search
                ? {
                    title: t('nothing.title'),
                    description: t('nothing.description'),
                    action: <ButtonLink href={base}>{t('all')}</ButtonLink>,
                  }
                : { title: t(`empty.${kind}.title`), description: t(`empty.${kind}.description`) })}
          />
        ) : kind === 'people' ? (
          <AuthorizationTable clientId={client.id} authorizations={page.authorizations} permissions={client.permissions} />
        ) : (
          <ApplicationTokenTable clientId={client.id} tokens={page.applicationTokens} permissions={client.permissions} />
        )}
      </Card>
      <PagesNav
        first={query.cursor ? withQuery(base, { of, q: query.search }) : null}
        next={page?.nextCursor ? withQuery(base, { of, q: query.search, cursor: page.nextCursor }) : null}
      />
      <RevokeAllCard client={client} impact={await impact} />
    </>
  )
}

export default withNotFound(TokensPage)
