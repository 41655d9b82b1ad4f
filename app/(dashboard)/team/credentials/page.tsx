import { KeyRound, Search, ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { MissingPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { credentialParams, readCredentialQuery } from '#components/teams/credential-query.ts'
import { CredentialTable } from '#components/teams/credential-table.tsx'
import { TeamFrame } from '#components/teams/team-frame.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { TextField } from '#components/ui/field.tsx'
import { FilterChips } from '#components/ui/filter-chips.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { listCredentials } from '#lib/clients/index.ts'
import { CREDENTIAL_FINDINGS } from '#lib/clients/schemas.ts'
import { one, orNotFound, type Query } from '#lib/web/query.ts'
import { teamPage } from '#lib/web/teams/page-data.ts'

const PATH = '/team/credentials'

export const generateMetadata = withNotFoundTitle(async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  await teamPage(await searchParams)
  return { title: (await getTranslations('credentials'))('title') }
})

/** Every secret of a team that works, and what may be wrong with it. */
async function CredentialsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const params = await searchParams
  const page = await teamPage(params)
  const { ctx, team, permissions, href } = page
  const t = await getTranslations('credentials')
  if (!permissions.includes('clients.read')) {
    return (
      <TeamFrame page={page}>
        <MissingPermission permission="clients.read" />
      </TeamFrame>
    )
  }
  const query = readCredentialQuery(params)
  const address = (change: Parameters<typeof credentialParams>[1]) => href(PATH, credentialParams(query, change))
  const { credentials, counts, nextCursor, previousCursor } = await orNotFound(
    listCredentials({ ctx, input: { teamId: team.id, ...query } }),
  )
  // A role that counts for chosen clients only counts for all that are listed.
  const mayManage = team.permissions.includes('secrets.manage')
  const revoked = one(params.revoked)
  const filters = ['any', ...CREDENTIAL_FINDINGS] as const
  return (
    <TeamFrame page={page}>
      {revoked && /^\w{1,10}$/.test(revoked) ? (
        <Alert tone="success" role="status">
          {t('revoked', { hint: revoked })}
        </Alert>
      ) : null}
      <p className="max-w-2xl text-muted">{t('description')}</p>
      {counts.all === 0 ? (
        <Card>
          <EmptyState
            icon={<KeyRound />}
            title={t('empty.title')}
            description={t('empty.description')}
            action={<ButtonLink href={href('/clients')}>{t('empty.toClients')}</ButtonLink>}
          />
        </Card>
      ) : (
        <>
          <Form action={PATH} className="flex max-w-lg items-end gap-2">
            {Object.entries({ ...credentialParams(query, {}), q: undefined, team: one(params.team) }).map(([name, value]) =>
              value ? <input key={name} type="hidden" name={name} value={value} /> : null,
            )}
            <TextField key={query.search} className="flex-1" label={t('search')} name="q" type="search" defaultValue={query.search} />
            <Button type="submit">
              <Search aria-hidden />
              {t('find')}
            </Button>
          </Form>
          <FilterChips
            label={t('columns.finding')}
            chips={[
              { label: t('chip', { name: t('all'), count: counts.all }), href: address({ finding: undefined }), on: !query.finding },
              ...filters.map((finding) => ({
                label: t('chip', { name: t(`findings.${finding}`), count: counts[finding] }),
                href: address({ finding }),
                on: query.finding === finding,
              })),
            ]}
          />
          {mayManage ? null : <MissingPermission permission="secrets.manage" />}
          <Card>
            {credentials.length === 0 ? (
              <EmptyState
                icon={<ShieldCheck />}
                title={t('nothing.title')}
                description={t(query.finding && !query.search ? 'nothing.finding' : 'nothing.description')}
                action={<ButtonLink href={href(PATH)}>{t('nothing.all')}</ButtonLink>}
              />
            ) : (
              <CredentialTable
                credentials={credentials}
                query={query}
                sortHref={(sort, direction) => address({ sort, direction })}
                here={address({ cursor: query.cursor })}
                mayManage={mayManage}
              />
            )}
          </Card>
          <PagesNav previous={previousCursor && address({ cursor: previousCursor })} next={nextCursor && address({ cursor: nextCursor })} />
        </>
      )}
    </TeamFrame>
  )
}

export default withNotFound(CredentialsPage)
