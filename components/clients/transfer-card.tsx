import { getTranslations } from 'next-intl/server'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { ClientDetail } from '#lib/clients/index.ts'
import { teamsOf } from '#lib/teams/index.ts'
import { transferClientAction } from '#lib/web/clients/settings-actions.ts'
import { requireUserContext } from '#lib/web/context.ts'
import { Confirm } from './confirm.tsx'
import { FormSelectField } from './form-fields.tsx'
import { NeedsPermission } from './needs-permission.tsx'

/** To another team in which the person may create clients. */
export async function TransferCard({ client }: { client: ClientDetail }) {
  const { actor } = await requireUserContext()
  const [teams, t, common] = await Promise.all([
    teamsOf(actor.userId),
    getTranslations('clients.settings.transfer'),
    getTranslations('common'),
  ])
  const others = teams.filter(({ id, permissions, limitedClients }) => {
    return id !== client.teamId && permissions.includes('clients.create') && !limitedClients
  })
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="clients.delete">
          {others.length === 0 ? (
            <p className="text-muted">{t('none')}</p>
          ) : (
            <Confirm
              id="transfer"
              trigger={t('trigger')}
              triggerSize="md"
              title={t('question', { name: client.name })}
              confirm={t('confirm')}
              cancel={common('cancel')}
              action={transferClientAction}
              fields={{ clientId: client.id, version: String(client.version) }}
            >
              <FormSelectField label={t('team')} name="toTeamId" options={others.map(({ id, name }) => ({ value: id, label: name }))} />
              <p>{t('breaks')}</p>
              <ul className="list-disc space-y-1 pl-5 marker:text-muted">
                <li>{t('effects.members', { team: client.team.name })}</li>
                <li>{t('effects.plan')}</li>
                <li>{t('effects.tests')}</li>
              </ul>
            </Confirm>
          )}
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
