import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ScopeList } from '#components/clients/scope-list.tsx'
import { ActionForm } from '#components/forms/action-form.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { countAllowedScopes } from '#lib/grants/index.ts'
import { listScopes } from '#lib/scopes/index.ts'
import { clientOfPage } from '#lib/web/clients/page-data.ts'
import { saveScopesAction } from '#lib/web/clients/scope-actions.ts'
import { requireUserContext } from '#lib/web/context.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const t = await getTranslations('clients.scopes')
  return { title: `${t('title')} · ${(await clientOfPage((await params).id)).name}` }
})

async function ScopesPage({ params }: Props) {
  const client = await clientOfPage((await params).id)
  const [t, common] = await Promise.all([getTranslations('clients.scopes'), getTranslations('common')])
  const counting = countAllowedScopes({ ctx: await requireUserContext(), input: { clientId: client.id } })
  const [all, allowed] = await Promise.all([listScopes(), counting])
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="clients.update">
          <ActionForm action={saveScopesAction} fields={{ clientId: client.id, version: String(client.version) }}>
            <ScopeList all={all} chosen={client.scopes} allowed={allowed} />
            <p className="text-muted">{t('effect')}</p>
            <FormActions>
              <SubmitButton>{common('save')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}

export default withNotFound(ScopesPage)
