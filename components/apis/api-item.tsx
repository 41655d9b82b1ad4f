import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { deleteApiAction } from '#lib/web/apis/api-actions.ts'
import { ApiForm, type ApiFormProps } from './api-form.tsx'

/** One API with its settings, and a way to remove it. */
export async function ApiItem({ api, teamId, permissions }: Required<ApiFormProps>) {
  const [t, common] = await Promise.all([getTranslations('apis'), getTranslations('common')])
  return (
    <Card>
      <CardHeader title={api.name} description={<span className="[overflow-wrap:anywhere] select-all">{api.identifier}</span>} />
      <CardBody>
        <details>
          <summary className="cursor-pointer font-medium">{t('change')}</summary>
          <div className="space-y-5 pt-5">
            <ApiForm api={api} teamId={teamId} permissions={permissions} />
            <NeedsPermission has={permissions} permission="clients.update">
              <Confirm
                id={`delete-${api.id}`}
                trigger={t('delete.trigger')}
                triggerVariant="danger"
                title={t('delete.question', { name: api.name })}
                confirm={t('delete.confirm')}
                cancel={common('cancel')}
                action={deleteApiAction}
                fields={{ teamId, id: api.id }}
              >
                <p>{t('delete.breaks')}</p>
              </Confirm>
            </NeedsPermission>
          </div>
        </details>
      </CardBody>
    </Card>
  )
}
