import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { Permission } from '#lib/teams/index.ts'
import type { ApplicationTokenDto } from '#lib/tokens/index.ts'
import { revokeTokenAction } from '#lib/web/clients/token-actions.ts'
import { ModeBadge } from './badges.tsx'
import { ScopeNames } from './scope-names.tsx'

export type ApplicationTokenTableProps = { clientId: string; tokens: readonly ApplicationTokenDto[]; permissions: readonly Permission[] }

/** The tokens that a client got for itself. */
export async function ApplicationTokenTable({ clientId, tokens, permissions }: ApplicationTokenTableProps) {
  const [t, common] = await Promise.all([getTranslations('tokens'), getTranslations('common')])
  return (
    <Table label={t('title')} cards>
      <TableHead>
        {(['mode', 'scopes', 'issued', 'expires'] as const).map((column) => (
          <TableHeader key={column}>{t(`columns.${column}`)}</TableHeader>
        ))}
        <TableHeader>
          <span className="sr-only">{t('columns.actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {tokens.map(({ reference, mode, scopes, issuedAt, expiresAt }, index) => (
          <TableRow key={reference}>
            <TableCell data-label={t('columns.mode')}>{mode ? <ModeBadge mode={mode} /> : '–'}</TableCell>
            <TableCell data-label={t('columns.scopes')}>
              <ScopeNames scopes={scopes} />
            </TableCell>
            <TableCell data-label={t('columns.issued')}>
              <RelativeTime date={new Date(issuedAt)} />
            </TableCell>
            <TableCell data-label={t('columns.expires')}>
              <RelativeTime date={new Date(expiresAt)} />
            </TableCell>
            <TableCell className="text-right">
              <Confirm
                id={`revoke-${index}`}
                trigger={t('revoke.trigger')}
                disabled={!permissions.includes('tokens.revoke')}
                title={t('revoke.titleApplication')}
                confirm={t('revoke.confirm')}
                cancel={common('cancel')}
                action={revokeTokenAction}
                fields={{ clientId, reference }}
              >
                <p>{t('revoke.textApplication')}</p>
              </Confirm>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
