import { getTranslations } from 'next-intl/server'
import { StatusBadge } from '#components/clients/badges.tsx'
import { Confirm } from '#components/forms/confirm.tsx'
import { FormTextareaField } from '#components/forms/form-fields.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ListedClient } from '#lib/installation/index.ts'
import { operatorLiftAction, operatorRestrictAction } from '#lib/web/operator/restriction-actions.ts'

/** Clients of the installation with why they are restricted, and restricting and lifting. `here`: this page, to come back to. */
export async function OperatorClientTable({ clients, here }: { clients: readonly ListedClient[]; here: string }) {
  const t = await getTranslations('operator.clients')
  return (
    <Table label={t('title')} cards>
      <TableHead>
        <TableHeader>{t('client')}</TableHeader>
        <TableHeader>{t('team')}</TableHeader>
        <TableHeader>{t('status')}</TableHeader>
        <TableHeader>{t('reason')}</TableHeader>
        <TableHeader>{t('lastUsed')}</TableHeader>
        <TableHeader>
          <span className="sr-only">{t('actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {clients.map((client) => (
          <ClientRow key={client.id} client={client} here={here} />
        ))}
      </TableBody>
    </Table>
  )
}

async function ClientRow({ client, here }: { client: ListedClient; here: string }) {
  const [t, common] = await Promise.all([getTranslations('operator.clients'), getTranslations('common')])
  const { id, name, status, team, lastUsedAt, restriction } = client
  const fields = { clientId: id, back: here }
  return (
    <TableRow>
      <TableCell className="max-w-64 min-w-36 [overflow-wrap:anywhere]">
        <div>
          <span className="block font-medium">{name}</span>
          <code className="font-mono text-xs text-muted">{id}</code>
        </div>
      </TableCell>
      <TableCell data-label={t('team')} className="max-w-56 [overflow-wrap:anywhere]">
        <div>
          <TextLink href={`/operator/teams/${team.id}`}>{team.name}</TextLink>
          {team.owner ? <span className="block text-[0.8125rem] text-muted">{team.owner}</span> : null}
        </div>
      </TableCell>
      <TableCell data-label={t('status')}>
        <div>
          <StatusBadge client={{ status, restricted: restriction !== null }} />
          {restriction ? (
            <span className="block text-[0.8125rem] text-muted">
              {t.rich(restriction.byOperator ? 'byOperator' : 'byTeam', { time: () => <RelativeTime date={new Date(restriction.at)} /> })}
            </span>
          ) : null}
        </div>
      </TableCell>
      <TableCell data-label={t('reason')} className="max-w-72 whitespace-pre-line [overflow-wrap:anywhere]">
        {restriction?.reason ?? '–'}
      </TableCell>
      <TableCell data-label={t('lastUsed')} className="whitespace-nowrap">
        {lastUsedAt ? <RelativeTime date={new Date(lastUsedAt)} /> : common('never')}
      </TableCell>
      <TableCell className="text-right whitespace-nowrap">
        {restriction ? (
          <Confirm
            id={`lift-${id}`}
            trigger={t('lift.trigger')}
            title={t('lift.question', { name })}
            confirm={t('lift.trigger')}
            cancel={common('cancel')}
            tone="primary"
            action={operatorLiftAction}
            fields={fields}
          >
            <p className="text-muted">{t('lift.text')}</p>
          </Confirm>
        ) : (
          <Confirm
            id={`restrict-${id}`}
            trigger={t('restrict.trigger')}
            title={t('restrict.question', { name })}
            confirm={t('restrict.trigger')}
            cancel={common('cancel')}
            action={operatorRestrictAction}
            fields={fields}
          >
            <p className="text-muted">{t('restrict.text')}</p>
            <FormTextareaField label={t('restrict.reason')} hint={t('restrict.hint')} name="reason" rows={3} maxLength={500} required />
          </Confirm>
        )}
      </TableCell>
    </TableRow>
  )
}
