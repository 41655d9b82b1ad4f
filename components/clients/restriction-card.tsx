import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { ConfirmCard } from '#components/forms/confirm-card.tsx'
import { FormTextareaField } from '#components/forms/form-fields.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import type { RestrictionDetail } from '#lib/alerts/index.ts'
import type { ClientDetail, ClientImpact } from '#lib/clients/index.ts'
import { liftRestrictionAction, restrictClientAction } from '#lib/web/clients/client-actions.ts'
import { ImpactList } from './impact-list.tsx'

type Props = {
  client: ClientDetail
  impact: ClientImpact
  restriction: RestrictionDetail | null
  /** The person runs the installation: then they need no permission in the team. */
  isOperator: boolean
}

/** Restricting a client by hand, and lifting it. What an operator set, the team cannot lift. */
export async function RestrictionCard({ client, impact, restriction, isOperator }: Props) {
  const t = await getTranslations('clients.settings')
  const has = isOperator ? ([...client.permissions, 'clients.update'] as const) : client.permissions
  const fields = { clientId: client.id }
  const locked = restriction?.byOperator === true && !isOperator
  const lift = (
    <ActionForm action={liftRestrictionAction} fields={fields}>
      <SubmitButton>{t('lift.submit')}</SubmitButton>
    </ActionForm>
  )
  return (
    <ConfirmCard
      id="restrict"
      title={restriction ? t('lift.title') : t('restrict.title')}
      description={restriction ? t('lift.description') : t('restrict.description')}
      needs={locked ? undefined : { has, permission: 'clients.update' }}
      locked={locked ? t('lift.operator') : null}
      instead={restriction ? lift : null}
      trigger={t('restrict.trigger')}
      triggerVariant="danger"
      question={t('restrict.question', { name: client.name })}
      confirm={t('restrict.confirm')}
      action={restrictClientAction}
      fields={fields}
    >
      <p>{t('restrict.breaks')}</p>
      <ImpactList impact={impact} />
      <FormTextareaField label={t('restrict.reason')} hint={t('restrict.hint')} name="reason" rows={3} maxLength={500} />
    </ConfirmCard>
  )
}
