import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { Permission } from '#lib/teams/index.ts'
import type { AuthorizationDto } from '#lib/tokens/index.ts'
import { revokeTokenAction, revokeUserTokensAction } from '#lib/web/clients/token-actions.ts'
import { ModeBadge } from './badges.tsx'
import { PersonCell, personName } from './person-cell.tsx'
import { ScopeNames } from './scope-names.tsx'

export type AuthorizationTableProps = { clientId: string; authorizations: readonly AuthorizationDto[]; permissions: readonly Permission[] }

/** Who is logged in to a client, one line an authorization. */
export async function AuthorizationTable({ clientId, authorizations, permissions }: AuthorizationTableProps) {
  const t = await getTranslations('tokens')
  const columns = ['person', 'scopes', 'kinds', 'where', 'issued', 'lastUsed', 'expires'] as const
  return (
    <Table label={t('title')} cards>
      <TableHead>
        {columns.map((column) => (
          <TableHeader key={column}>{t(`columns.${column}`)}</TableHeader>
        ))}
        <TableHeader>
          <span className="sr-only">{t('columns.actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {authorizations.map((one, index) => (
          <TableRow key={one.reference}>
            <TableCell>
              <PersonCell person={one} />
            </TableCell>
            <TableCell data-label={t('columns.scopes')}>
              <ScopeNames scopes={one.scopes} />
            </TableCell>
            <TableCell data-label={t('columns.kinds')}>
              <span className="flex flex-wrap gap-1.5">
                {one.kinds.map((kind) => (
                  <Badge key={kind}>{t(`kind.${kind}`)}</Badge>
                ))}
              </span>
            </TableCell>
            <TableCell data-label={t('columns.where')}>
              <span className="flex flex-wrap items-center gap-1.5">
                {one.host ?? <span className="text-muted">{t('noDomain')}</span>} {one.mode ? <ModeBadge mode={one.mode} /> : null}
              </span>
            </TableCell>
            <TableCell data-label={t('columns.issued')}>
              <RelativeTime date={new Date(one.issuedAt)} />
            </TableCell>
            <TableCell data-label={t('columns.lastUsed')}>
              <RelativeTime date={new Date(one.lastUsedAt)} />
            </TableCell>
            <TableCell data-label={t('columns.expires')}>
              <RelativeTime date={new Date(one.expiresAt)} />
            </TableCell>
            <TableCell className="text-right whitespace-nowrap">
              <Actions clientId={clientId} one={one} index={index} allowed={permissions.includes('tokens.revoke')} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

type ActionsProps = { clientId: string; one: AuthorizationDto; index: number; allowed: boolean }

async function Actions({ clientId, one, index, allowed }: ActionsProps) {
  const [t, common] = await Promise.all([getTranslations('tokens'), getTranslations('common')])
  const person = personName(one)
  return (
    <span className="inline-flex flex-wrap gap-2 sm:justify-end">
      <Confirm
        id={`revoke-${index}`}
        trigger={t('revoke.trigger')}
        disabled={!allowed}
        title={t('revoke.title')}
        confirm={t('revoke.confirm')}
        cancel={common('cancel')}
        action={revokeTokenAction}
        fields={{ clientId, reference: one.reference }}
      >
        <p>{t('revoke.text', { person })}</p>
      </Confirm>
      <Confirm
        id={`revoke-user-${index}`}
        trigger={t('revokeUser.trigger')}
        disabled={!allowed}
        title={t('revokeUser.title')}
        confirm={t('revokeUser.confirm')}
        cancel={common('cancel')}
        action={revokeUserTokensAction}
        fields={{ clientId, sub: one.sub }}
      >
        <p>{t('revokeUser.text', { person })}</p>
      </Confirm>
    </span>
  )
}
