import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DomainCard } from '#components/clients/domain-card.tsx'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { PagesNav } from '#components/ui/pages-nav.tsx'
import { SearchForm } from '#components/ui/search-form.tsx'
import { addDomainAction } from '#lib/web/clients/domain-actions.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'
import { one, type Query, withQuery } from '#lib/web/query.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

/** So many on a page: each has a form with all of its settings. With more there is a search. */
const PAGE = 8

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('domains')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

async function DomainsPage({ params, searchParams }: Props) {
  const client = await clientOfPage((await params).id)
  const t = await getTranslations('domains')
  const query = await searchParams
  const [search, from] = [one(query.q), one(query.from)]
  const path = `/clients/${client.id}/domains`
  const href = (next?: string) => withQuery(path, { q: search, from: next })
  const found = search ? client.domains.filter(({ host }) => host.includes(search.toLowerCase())) : client.domains
  const start = Math.max(
    0,
    found.findIndex(({ id }) => id === from),
  )
  const next = found[start + PAGE]
  const uris = (domainId: string) => client.redirectUris.filter(({ domain }) => domain?.id === domainId).length
  return (
    <>
      {search || client.domains.length > PAGE ? <SearchForm action={path} label={t('search')} find={t('find')} query={search} /> : null}
      {found.length === 0 ? (
        <Card>
          <EmptyState title={t('noMatch')} action={<ButtonLink href={path}>{t('showAll')}</ButtonLink>} />
        </Card>
      ) : null}
      <div className="space-y-4">
        <ClientMessages namespaces={['domainPreview']}>
          {found.slice(start, start + PAGE).map((domain) => (
            <DomainCard
              key={domain.id}
              clientId={client.id}
              domain={domain}
              redirectUris={uris(domain.id)}
              only={client.domains.length === 1}
              secrets={client.type === 'confidential' ? client.secrets : null}
              permissions={client.permissions}
            />
          ))}
        </ClientMessages>
      </div>
      <PagesNav first={start > 0 && href()} next={next && href(next.id)} />
      <Card>
        <CardHeader title={t('add.title')} description={t('add.description')} />
        <CardBody>
          <NeedsPermission has={client.permissions} permission="domains.manage">
            <ActionForm action={addDomainAction} fields={{ clientId: client.id }}>
              <div className="flex flex-wrap gap-4">
                <FormTextField
                  className="flex-1 basis-64"
                  label={t('host')}
                  hint={t('hostHint')}
                  name="host"
                  required
                  autoComplete="off"
                  spellCheck={false}
                />
                <FormSelectField
                  className="basis-40"
                  label={t('mode')}
                  name="mode"
                  defaultValue="test"
                  options={[
                    { value: 'test', label: t('modes.test') },
                    { value: 'live', label: t('modes.live') },
                  ]}
                />
              </div>
              <FormActions>
                <SubmitButton>{t('add.submit')}</SubmitButton>
              </FormActions>
            </ActionForm>
          </NeedsPermission>
        </CardBody>
      </Card>
      <p className="text-muted">
        {t.rich('testUsersMoved', { link: (text) => <TextLink href={`/clients/${client.id}/users`}>{text}</TextLink> })}
      </p>
    </>
  )
}

export default withNotFound(DomainsPage)
