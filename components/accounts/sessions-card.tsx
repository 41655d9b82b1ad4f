import { getTranslations } from 'next-intl/server'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { deviceOf, type SessionOfUser } from '#lib/accounts/index.ts'

export type SessionsCardProps = {
  sessions: readonly SessionOfUser[]
  endOne: (form: FormData) => Promise<void>
  endOthers: () => Promise<void>
}

/** Where a person is logged in, with a button to end each. */
export async function SessionsCard({ sessions, endOne, endOthers }: SessionsCardProps) {
  const t = await getTranslations('account.sessions')
  const nameOf = (userAgent: string | null) => {
    const { browser, system } = deviceOf(userAgent)
    if (browser && system) return t('browserOn', { browser, system })
    return browser ?? system ?? t('unknown')
  }
  const others = (
    <form action={endOthers}>
      <SubmitButton variant="secondary" size="sm">
        {t('endOthers')}
      </SubmitButton>
    </form>
  )
  return (
    <Card>
      <CardHeader id="sessions" title={t('title')} description={t('description')} actions={sessions.length > 1 ? others : null} />
      <Table label={t('title')}>
        <TableHead>
          <TableHeader>{t('device')}</TableHeader>
          <TableHeader>{t('address')}</TableHeader>
          <TableHeader>{t('seen')}</TableHeader>
          <TableHeader>
            <span className="sr-only">{t('actions')}</span>
          </TableHeader>
        </TableHead>
        <TableBody>
          {sessions.map(({ id, userAgent, ip, lastSeenAt, current }) => (
            <TableRow key={id}>
              <TableCell>
                <span className="flex flex-wrap items-center gap-2">
                  {nameOf(userAgent)}
                  {current ? <Badge tone="success">{t('current')}</Badge> : null}
                </span>
              </TableCell>
              <TableCell>{ip ?? '–'}</TableCell>
              <TableCell>
                <RelativeTime date={lastSeenAt} />
              </TableCell>
              <TableCell className="text-right">
                {current ? null : (
                  <form action={endOne}>
                    <input type="hidden" name="sessionId" value={id} />
                    <SubmitButton variant="secondary" size="sm" aria-label={t('endNamed', { device: nameOf(userAgent) })}>
                      {t('end')}
                    </SubmitButton>
                  </form>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
