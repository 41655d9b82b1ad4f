import { getTranslations } from 'next-intl/server'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { ClientDetail, ClientImpact } from '#lib/clients/index.ts'
import { deleteClientAction } from '#lib/web/clients/settings-actions.ts'
import { Confirm } from './confirm.tsx'
import { FormTextField } from './form-fields.tsx'
import { ImpactList } from './impact-list.tsx'
import { NeedsPermission } from './needs-permission.tsx'

/** Delete, after naming what breaks and having the name typed. */
export async function DeleteCard({ client, impact }: { client: ClientDetail; impact: ClientImpact }) {
  const [t, common] = await Promise.all([getTranslations('clients.settings.delete'), getTranslations('common')])
  const name = <strong className="font-semibold select-all">{client.name}</strong>
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="clients.delete">
          <Confirm
            id="delete"
            trigger={t('trigger')}
            triggerVariant="danger"
            triggerSize="md"
            title={t('question', { name: client.name })}
            confirm={t('confirm')}
            cancel={common('cancel')}
            action={deleteClientAction}
            fields={{ clientId: client.id, version: String(client.version) }}
          >
            <p>{t('breaks')}</p>
            <ImpactList impact={impact} />
            <FormTextField label={t.rich('type', { name: () => name })} name="name" required autoComplete="off" spellCheck={false} />
          </Confirm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
