import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { PersonDto } from '#lib/connections/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { endConnectionAction } from '#lib/web/clients/token-actions.ts'
import { PersonCell, personName } from './person-cell.tsx'
import { ScopeNames } from './scope-names.tsx'

export type PeopleTableProps = { clientId: string; people: readonly PersonDto[]; permissions: readonly Permission[] }

/** The people connected to a client. */
export async function PeopleTable({ clientId, people, permissions }: PeopleTableProps) {
  const [t, tokens, common] = await Promise.all([getTranslations('users'), getTranslations('tokens'), getTranslations('common')])
  return (
    <Table label={t('title')} cards>
      <TableHead>
        <TableHeader>{tokens('columns.person')}</TableHeader>
        <TableHeader>{tokens('columns.scopes')}</TableHeader>
        <TableHeader>{t('columns.connected')}</TableHeader>
        <TableHeader>{t('columns.lastLogin')}</TableHeader>
        <TableHeader>
          <span className="sr-only">{tokens('columns.actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.sub}>
            <TableCell>
              <PersonCell person={person} />
            </TableCell>
            <TableCell data-label={tokens('columns.scopes')}>
              <div>
                {' '}
                <ScopeNames scopes={person.scopes} />
                {person.declined.length > 0 ? (
                  <span className="block text-[0.8125rem] text-muted">{t('declined', { scopes: person.declined.join(' ') })}</span>
                ) : null}
              </div>{' '}
            </TableCell>
            <TableCell data-label={t('columns.connected')}>
              <RelativeTime date={new Date(person.connectedAt)} />
            </TableCell>
            <TableCell data-label={t('columns.lastLogin')}>
              {person.lastLoginAt ? <RelativeTime date={new Date(person.lastLoginAt)} /> : t('never')}
            </TableCell>
            <TableCell className="text-right whitespace-nowrap">
              <span className="inline-flex gap-2 max-sm:flex-wrap">
                <ButtonLink
                  size="sm"
                  href={`/clients/${clientId}/tokens?q=${person.sub}`}
                  aria-label={`${t('tokens')}: ${personName(person)}`}
                >
                  {t('tokens')}
                </ButtonLink>
                <Confirm
                  id={`end-${person.sub}`}
                  trigger={t('end.trigger')}
                  disabled={!permissions.includes('tokens.revoke')}
                  title={t('end.title')}
                  confirm={t('end.confirm')}
                  cancel={common('cancel')}
                  action={endConnectionAction}
                  fields={{ clientId, sub: person.sub }}
                >
                  <p>{t('end.text', { person: personName(person) })}</p>
                </Confirm>
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
