import { getTranslations } from 'next-intl/server'
import { ConfirmCard } from '#components/forms/confirm-card.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import type { ClientDetail, ClientImpact } from '#lib/clients/index.ts'
import { deleteClientAction } from '#lib/web/clients/settings-actions.ts'
import { ImpactList } from './impact-list.tsx'

/** Delete, after naming what breaks and having the name typed. */
export async function DeleteCard({ client, impact }: { client: ClientDetail; impact: ClientImpact }) {
  const t = await getTranslations('clients.settings.delete')
  const name = <strong className="font-semibold select-all">{client.name}</strong>
  return (
    <ConfirmCard
      id="delete"
      title={t('title')}
      description={t('description')}
      needs={{ has: client.permissions, permission: 'clients.delete' }}
      trigger={t('trigger')}
      triggerVariant="danger"
      question={t('question', { name: client.name })}
      confirm={t('confirm')}
      action={deleteClientAction}
      fields={{ clientId: client.id, version: String(client.version) }}
    >
      <p>{t('breaks')}</p>
      <ImpactList impact={impact} />
      <FormTextField label={t.rich('type', { name: () => name })} name="name" required autoComplete="off" spellCheck={false} />
    </ConfirmCard>
  )
}
