import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { RedirectUriDto } from '#lib/clients/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { removeRedirectUriAction } from '#lib/web/clients/domain-actions.ts'
import { ModeBadge } from './badges.tsx'

export type RedirectUriTableProps = { clientId: string; uris: readonly RedirectUriDto[]; permissions: readonly Permission[] }

/** The redirect URIs of a client, each exactly as it was given. */
export async function RedirectUriTable({ clientId, uris, permissions }: RedirectUriTableProps) {
  const [t, common] = await Promise.all([getTranslations('domains.uris'), getTranslations('common')])
  return (
    <Table label={t('title')} cards>
      <TableHead>
        <TableHeader>{t('uri')}</TableHeader>
        <TableHeader>{t('kind')}</TableHeader>
        <TableHeader>{t('domain')}</TableHeader>
        <TableHeader>
          <span className="sr-only">{t('actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {uris.map(({ id, uri, kind, domain }) => (
          <TableRow key={id}>
            <TableCell className="min-w-56">
              <span className="flex items-center gap-1">
                <code id={`uri-${id}`} className="font-mono text-[0.8125rem] break-all">
                  {uri}
                </code>
                <CopyButton value={uri} iconOnly describedBy={`uri-${id}`} />
              </span>
            </TableCell>
            <TableCell data-label={t('kind')} className="whitespace-nowrap">
              {t(`kinds.${kind}`)}
            </TableCell>
            <TableCell data-label={t('domain')}>
              {domain ? (
                <span className="flex flex-wrap items-center gap-1.5">
                  {domain.host} <ModeBadge mode={domain.mode} />
                </span>
              ) : (
                <span className="text-muted">{t('noDomain')}</span>
              )}
            </TableCell>
            <TableCell className="text-right">
              <Confirm
                id={`remove-${id}`}
                trigger={t('remove.trigger')}
                disabled={!permissions.includes('domains.manage')}
                title={t('remove.title')}
                confirm={t('remove.confirm')}
                cancel={common('cancel')}
                action={removeRedirectUriAction}
                fields={{ clientId, redirectUriId: id }}
              >
                <p className="font-mono text-[0.8125rem] break-all">{uri}</p>
                <p>{t(`remove.${kind}`)}</p>
              </Confirm>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
