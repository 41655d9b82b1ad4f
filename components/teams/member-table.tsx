import { getTranslations } from 'next-intl/server'
import { Badge } from '#components/ui/badge.tsx'
import { SortBy } from '#components/ui/sort-by.tsx'
import { RowLink, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { MemberSummary } from '#lib/teams/index.ts'
import type { TeamPage } from '#lib/web/teams/page-data.ts'
import { RoleName } from './role-name.tsx'

type Props = {
  members: readonly MemberSummary[]
  /** Addresses and when someone was seen are shown. */
  manages: boolean
  href: TeamPage['href']
  sort: 'joined' | 'name'
  /** The address that sorts so. */
  sortHref: (sort: 'joined' | 'name') => string
}

/** One page of a team's members. */
export async function MemberTable({ members, manages, href, sort, sortHref }: Props) {
  const [t, common] = await Promise.all([getTranslations('teams.members'), getTranslations('common')])
  const sorted = (by: 'joined' | 'name') => ({ href: sortHref(by), ...(sort === by ? { direction: 'ascending' as const } : {}) })
  return (
    <>
      <SortBy orders={(['name', 'joined'] as const).map((by) => ({ label: t(`columns.${by}`), ...sorted(by) }))} />
      <Table label={t('title')} cards>
        <TableHead>
          <TableHeader sort={sorted('name')}>{t('columns.name')}</TableHeader>
          <TableHeader>{t('columns.role')}</TableHeader>
          <TableHeader>{t('columns.clients')}</TableHeader>
          <TableHeader sort={sorted('joined')}>{t('columns.joined')}</TableHeader>
          {manages ? <TableHeader>{t('columns.seen')}</TableHeader> : null}
        </TableHead>
        <TableBody>
          {members.map((member) => (
            <TableRow key={member.userId} interactive>
              <TableCell className="max-w-80 min-w-48 [overflow-wrap:anywhere]">
                <div>
                  {' '}
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <RowLink href={href(`/team/members/${member.userId}`)}>{member.name}</RowLink>
                    {member.you ? <Badge>{t('you')}</Badge> : null}
                    {member.disabled ? <Badge tone="warning">{t('disabled')}</Badge> : null}
                  </span>
                  {member.email ? <span className="block text-[0.8125rem] text-muted">{member.email}</span> : null}
                </div>{' '}
              </TableCell>
              <TableCell data-label={t('columns.role')} className="max-w-48 [overflow-wrap:anywhere]">
                <RoleName role={member.role} />
              </TableCell>
              <TableCell data-label={t('columns.clients')} className="whitespace-nowrap">
                {member.clients === null ? t('all') : t('chosen', { count: member.clients })}
              </TableCell>
              <TableCell data-label={t('columns.joined')}>
                <RelativeTime date={new Date(member.joinedAt)} />
              </TableCell>
              {manages ? (
                <TableCell data-label={t('columns.seen')}>
                  {member.lastSeenAt ? <RelativeTime date={new Date(member.lastSeenAt)} /> : common('never')}
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
