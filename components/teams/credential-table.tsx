import { getTranslations } from 'next-intl/server'
import { ModeBadge } from '#components/clients/badges.tsx'
import { RevokeSecret } from '#components/clients/revoke-secret.tsx'
import type { Tone } from '#components/ui/alert.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { TextLink } from '#components/ui/link.tsx'
import { type Direction, sortLink } from '#components/ui/sort.ts'
import { SortBy } from '#components/ui/sort-by.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'
import type { CredentialDto, CredentialFinding } from '#lib/clients/index.ts'
import { revokeCredentialAction } from '#lib/web/teams/credential-actions.ts'
import type { CredentialQuery } from './credential-query.ts'

const TONES: Record<CredentialFinding, Tone> = {
  in_browser: 'danger',
  expires_soon: 'warning',
  replaced: 'warning',
  unused: 'warning',
  old: 'neutral',
  never_used: 'neutral',
}

/** What is mended by a new secret, and what by taking the secret away. */
const ROTATE: readonly CredentialFinding[] = ['in_browser', 'expires_soon', 'old']
const REVOKE: readonly CredentialFinding[] = ['replaced', 'unused', 'never_used']

const COLUMNS = ['client', 'finding', 'created', 'used', 'expires'] as const
type Column = (typeof COLUMNS)[number]

type Props = {
  credentials: readonly CredentialDto[]
  query: CredentialQuery
  /** The address with this order. */
  sortHref: (sort: Column, direction: Direction) => string
  /** This page, to come back to. */
  here: string
  mayManage: boolean
}

/** One page of a team's secrets: age, use and end of each, what may be wrong with it, and what mends that. */
export async function CredentialTable({ credentials, query, sortHref, here, mayManage }: Props) {
  const [t, secrets] = await Promise.all([getTranslations('credentials'), getTranslations('secrets')])
  const now = { sort: query.sort ?? 'finding', direction: query.direction }
  const sortOf = (column: Column) => sortLink(column, now, column === 'finding' ? 'desc' : 'asc', sortHref)
  return (
    <>
      <SortBy orders={COLUMNS.map((column) => ({ label: t(`columns.${column}`), ...sortOf(column) }))} />
      <Table label={t('title')} cards>
        <TableHead>
          <TableHeader>{secrets('secret')}</TableHeader>
          {COLUMNS.map((column) => (
            <TableHeader key={column} sort={sortOf(column)}>
              {t(`columns.${column}`)}
            </TableHeader>
          ))}
          <TableHeader>
            <span className="sr-only">{secrets('actions')}</span>
          </TableHeader>
        </TableHead>
        <TableBody>
          {credentials.map((credential) => (
            <CredentialRow key={credential.id} credential={credential} here={here} mayManage={mayManage} />
          ))}
        </TableBody>
      </Table>
    </>
  )
}

async function CredentialRow({ credential, here, mayManage }: { credential: CredentialDto; here: string; mayManage: boolean }) {
  const [t, secrets] = await Promise.all([getTranslations('credentials'), getTranslations('secrets')])
  const { client, hint, label, mode, createdAt, expiresAt, lastUsedAt, lastUsedIp, replacedBy, findings } = credential
  return (
    <TableRow>
      <TableCell className="max-w-56 min-w-32">
        <span className="flex flex-wrap items-center gap-1.5">
          <code className="font-mono text-[0.8125rem] whitespace-nowrap">…{hint}</code>
          <ModeBadge mode={mode} />
        </span>
        {label ? <span className="block text-muted [overflow-wrap:anywhere]">{label}</span> : null}
      </TableCell>
      <TableCell data-label={t('columns.client')} className="max-w-56 [overflow-wrap:anywhere]">
        <TextLink href={`/clients/${client.id}/secrets`}>{client.name}</TextLink>
      </TableCell>
      <TableCell data-label={t('columns.finding')} className="max-w-64">
        <div>
          {findings.length === 0 ? <span className="text-muted">{t('fine')}</span> : null}
          <span className="flex flex-wrap gap-1.5">
            {findings.map((finding) => (
              <Badge key={finding} tone={TONES[finding]}>
                {t(`findings.${finding}`)}
              </Badge>
            ))}
          </span>
          {replacedBy ? <span className="block text-[0.8125rem] text-muted">{secrets('takenOver', { hint: replacedBy })}</span> : null}
        </div>
      </TableCell>
      <TableCell data-label={t('columns.created')} className="whitespace-nowrap">
        <RelativeTime date={new Date(createdAt)} />
      </TableCell>
      <TableCell data-label={t('columns.used')}>
        <div>
          {lastUsedAt ? <RelativeTime date={new Date(lastUsedAt)} /> : secrets('never')}
          {lastUsedIp ? <span className="block text-[0.8125rem] text-muted">{secrets('from', { ip: lastUsedIp })}</span> : null}
        </div>
      </TableCell>
      <TableCell data-label={t('columns.expires')} className="whitespace-nowrap">
        {expiresAt ? <DateTime date={new Date(expiresAt)} /> : secrets('never')}
      </TableCell>
      <TableCell className="text-right whitespace-nowrap">
        <Mends credential={credential} here={here} mayManage={mayManage} />
      </TableCell>
    </TableRow>
  )
}

/** The ways to mend what was found; there and disabled for those who may not. */
async function Mends({ credential, here, mayManage }: { credential: CredentialDto; here: string; mayManage: boolean }) {
  const t = await getTranslations('secrets')
  const { id, client, findings } = credential
  const page = `/clients/${client.id}/secrets/${id}`
  const link = (href: string, text: string) =>
    mayManage ? (
      <ButtonLink size="sm" href={href}>
        {text}
      </ButtonLink>
    ) : (
      <Button size="sm" disabled>
        {text}
      </Button>
    )
  return (
    <span className="inline-flex flex-wrap justify-end gap-2">
      {findings.includes('in_browser') ? link(`${page}/leaked`, t('leak.trigger')) : null}
      {findings.some((finding) => ROTATE.includes(finding)) ? link(page, t('rotate.trigger')) : null}
      {findings.some((finding) => REVOKE.includes(finding)) ? (
        <RevokeSecret
          secret={credential}
          clientId={client.id}
          allowed={mayManage}
          action={revokeCredentialAction}
          fields={{ back: here }}
        />
      ) : null}
    </span>
  )
}
