import { getTranslations } from 'next-intl/server'
import { ConfirmCard } from '#components/forms/confirm-card.tsx'
import { FormSelectField } from '#components/forms/form-fields.tsx'
import type { ClientDetail } from '#lib/clients/index.ts'
import { teamsOf } from '#lib/teams/index.ts'
import { transferClientAction } from '#lib/web/clients/settings-actions.ts'
import { requireUserContext } from '#lib/web/context.ts'

/** To another team in which the person may create clients. */
export async function TransferCard({ client }: { client: ClientDetail }) {
  const { actor } = await requireUserContext()
  const [teams, t] = await Promise.all([teamsOf(actor.userId), getTranslations('clients.settings.transfer')])
  const others = teams.filter(({ id, permissions, limitedClients }) => {
    return id !== client.teamId && permissions.includes('clients.create') && !limitedClients
  })
  return (
    <ConfirmCard
      id="transfer"
      title={t('title')}
      description={t('description')}
      needs={{ has: client.permissions, permission: 'clients.delete' }}
      instead={others.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      trigger={t('trigger')}
      question={t('question', { name: client.name })}
      confirm={t('confirm')}
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
    </ConfirmCard>
  )
}
