import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RedirectMismatchesCard } from '#components/clients/redirect-mismatches-card.tsx'
import { RedirectUriTable } from '#components/clients/redirect-uri-table.tsx'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { SearchForm } from '#components/ui/search-form.tsx'
import { listRedirectMismatches } from '#lib/refusals/index.ts'
import { addRedirectUriAction } from '#lib/web/clients/domain-actions.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { one, type Query } from '#lib/web/query.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

/** From how many on a search is worth its place. */
const MANY = 10

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('domains.uris')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

async function RedirectUrisPage({ params, searchParams }: Props) {
  const client = await clientOfPage((await params).id)
  const t = await getTranslations('domains.uris')
  const search = one((await searchParams).q)
  const here = `/clients/${client.id}/redirect-uris`
  const uris = search ? client.redirectUris.filter(({ uri }) => uri.toLowerCase().includes(search.toLowerCase())) : client.redirectUris
  const mayRead = client.permissions.includes('logs.read')
  const mismatches = mayRead ? await listRedirectMismatches({ ctx: await requireUserContext(), input: { clientId: client.id } }) : []
  return (
    <>
      {search || client.redirectUris.length > MANY ? (
        <SearchForm action={here} label={t('search')} find={t('find')} query={search} />
      ) : null}
      <Card>
        <CardHeader title={t('title')} description={t('description')} />
        {client.redirectUris.length === 0 ? (
          <EmptyState
            title={t('empty.title')}
            description={t('empty.description')}
            action={<ButtonLink href="#add">{t('add.submit')}</ButtonLink>}
          />
        ) : uris.length === 0 ? (
          <EmptyState title={t('noMatch')} action={<ButtonLink href={here}>{t('showAll')}</ButtonLink>} />
        ) : (
          <RedirectUriTable clientId={client.id} uris={uris} permissions={client.permissions} />
        )}
      </Card>
      <RedirectMismatchesCard clientId={client.id} mismatches={mismatches} permissions={client.permissions} />
      <Card id="add">
        <CardHeader
          title={t('add.title')}
          description={t('add.description', { hosts: client.domains.map(({ host }) => host).join(', ') })}
        />
        <CardBody>
          <NeedsPermission has={client.permissions} permission="domains.manage">
            <ActionForm action={addRedirectUriAction} fields={{ clientId: client.id }}>
              <div className="flex flex-wrap gap-4">
                <FormTextField
                  className="flex-1 basis-72"
                  label={t('uri')}
                  hint={t(client.applicationType === 'native' ? 'uriHintNative' : 'uriHint')}
                  name="uri"
                  inputMode="url"
                  required
                  autoComplete="off"
                  spellCheck={false}
                />
                <FormSelectField
                  className="basis-44"
                  label={t('kind')}
                  name="kind"
                  defaultValue="login"
                  options={[
                    { value: 'login', label: t('kinds.login') },
                    { value: 'logout', label: t('kinds.logout') },
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
    </>
  )
}

export default withNotFound(RedirectUrisPage)
