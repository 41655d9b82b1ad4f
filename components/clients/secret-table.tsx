import { getTranslations } from 'next-intl/server'
import { Badge } from '#components/ui/badge.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { SecretDto } from '#lib/clients/index.ts'
import type { DomainDto } from '#lib/domains/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { revokeSecretAction } from '#lib/web/clients/secret-actions.ts'
import { ModeBadge } from './badges.tsx'
import { RevokeSecret } from './revoke-secret.tsx'
import { OldSecretUse, OverlapNote, overlapOf, SecretEnd } from './secret-overlap.tsx'

const TONES = { active: 'success', expiring: 'warning', expired: 'neutral', revoked: 'neutral' } as const

export type SecretTableProps = {
  clientId: string
  secrets: readonly SecretDto[]
  /** The client's. */
  domains: readonly DomainDto[]
  permissions: readonly Permission[]
}

/** The secrets of a client: never their values, but when and from where each was last used, and during a rotation how long the old one has. */
export async function SecretTable({ clientId, secrets, domains, permissions }: SecretTableProps) {
  const t = await getTranslations('secrets')
  const hosts = ({ domainIds }: SecretDto) => domains.filter(({ id }) => domainIds.includes(id)).map(({ host }) => host)
  return (
    <Table label={t('title')} cards>
      <TableHead>
        <TableHeader>{t('secret')}</TableHeader>
        <TableHeader>{t('state')}</TableHeader>
        <TableHeader>{t('created')}</TableHeader>
        <TableHeader>{t('lastUsed')}</TableHeader>
        <TableHeader>
          <span className="sr-only">{t('actions')}</span>
        </TableHeader>
      </TableHead>
      <TableBody>
        {secrets.map((secret) => {
          const overlap = overlapOf(secret, secrets)
          return (
            <TableRow key={secret.id}>
              <TableCell className="min-w-32">
                <div>
                  <code className="font-mono text-[0.8125rem] whitespace-nowrap">…{secret.hint}</code>
                  {secret.label ? <span className="block text-muted [overflow-wrap:anywhere]">{secret.label}</span> : null}
                  {secret.domainIds.length > 0 ? (
                    <span className="block text-[0.8125rem] text-muted [overflow-wrap:anywhere]">
                      {t('domains.only', { hosts: hosts(secret).join(', ') })}
                    </span>
                  ) : null}
                </div>
              </TableCell>
              <TableCell data-label={t('state')}>
                <div>
                  <span className="flex flex-wrap items-center gap-1.5">
                    <ModeBadge mode={secret.mode} />
                    <Badge tone={TONES[secret.state]} dot>
                      {t(`states.${secret.state}`)}
                    </Badge>
                  </span>
                  <div className="mt-0.5 min-w-40 text-[0.8125rem] text-muted">
                    {secret.state === 'expiring' ? (
                      <p>{t.rich('endsIn', { time: () => <SecretEnd expiresAt={secret.expiresAt} /> })}</p>
                    ) : null}
                    {overlap ? <OverlapNote secret={secret} overlap={overlap} /> : null}
                  </div>
                </div>
              </TableCell>
              <TableCell data-label={t('created')}>
                <div>
                  <RelativeTime date={new Date(secret.createdAt)} />
                  {secret.createdBy ? <span className="block text-[0.8125rem] text-muted">{secret.createdBy}</span> : null}
                </div>
              </TableCell>
              <TableCell data-label={t('lastUsed')}>
                <div>
                  {secret.lastUsedAt ? <RelativeTime date={new Date(secret.lastUsedAt)} /> : t('never')}
                  {secret.lastUsedIp ? (
                    <span className="block text-[0.8125rem] text-muted">{t('from', { ip: secret.lastUsedIp })}</span>
                  ) : null}
                  {overlap?.old.id === secret.id ? (
                    <div className="min-w-44 text-[0.8125rem]">
                      <OldSecretUse overlap={overlap} />
                    </div>
                  ) : null}
                </div>
              </TableCell>
              <TableCell className="text-right whitespace-nowrap">
                <Actions clientId={clientId} secret={secret} permissions={permissions} />
              </TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}

async function Actions({ clientId, secret, permissions }: { clientId: string; secret: SecretDto; permissions: readonly Permission[] }) {
  const allowed = permissions.includes('secrets.manage')
  if (secret.state === 'revoked' || secret.state === 'expired') return null
  const t = await getTranslations('secrets')
  const page = `/clients/${clientId}/secrets/${secret.id}`
  return (
    <span className="inline-flex flex-wrap gap-2 sm:justify-end">
      {allowed ? (
        <ButtonLink size="sm" href={page}>
          {t('rotate.trigger')}
        </ButtonLink>
      ) : (
        <Button size="sm" disabled>
          {t('rotate.trigger')}
        </Button>
      )}
      <ButtonLink size="sm" href={`${page}#details`}>
        {t('manage.trigger')}
      </ButtonLink>
      <RevokeSecret secret={secret} clientId={clientId} allowed={allowed} action={revokeSecretAction} />
      <ButtonLink size="sm" variant="ghost" href={`${page}/leaked`}>
        {t('leak.trigger')}
      </ButtonLink>
    </span>
  )
}
