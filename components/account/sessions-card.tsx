import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { Confirm } from '#components/forms/confirm.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { deviceOf, networkOf, type SessionOfUser } from '#lib/accounts/index.ts'
import { endOtherSessionsAction, endSessionAction } from '#lib/web/account/security-actions.ts'

/** Where a person is logged in: device, place as far as an address tells, times; and a button to end each. */
export async function SessionsCard({ sessions }: { sessions: readonly SessionOfUser[] }) {
  const [t, common] = await Promise.all([getTranslations('account.sessions'), getTranslations('common')])
  const nameOf = (userAgent: string | null) => {
    const { browser, system } = deviceOf(userAgent)
    if (browser && system) return t('browserOn', { browser, system })
    return browser ?? system ?? t('unknown')
  }
  const others = (
    <Confirm
      id="end-others"
      trigger={t('endOthers')}
      title={t('endOthersQuestion')}
      confirm={t('endOthers')}
      cancel={common('cancel')}
      action={endOtherSessionsAction}
      fields={{}}
    >
      <p>{t('endOthersText', { count: sessions.length - 1 })}</p>
    </Confirm>
  )
  return (
    <Card>
      <CardHeader id="sessions" title={t('title')} description={t('description')} actions={sessions.length > 1 ? others : null} />
      <Table label={t('title')} cards>
        <TableHead>
          <TableHeader>{t('device')}</TableHeader>
          <TableHeader>{t('place')}</TableHeader>
          <TableHeader>{t('since')}</TableHeader>
          <TableHeader>{t('seen')}</TableHeader>
          <TableHeader>
            <span className="sr-only">{t('actions')}</span>
          </TableHeader>
        </TableHead>
        <TableBody>
          {sessions.map(({ id, userAgent, ip, createdAt, lastSeenAt, current }) => (
            <TableRow key={id}>
              <TableCell>
                <span className="flex flex-wrap items-center gap-2">
                  {nameOf(userAgent)}
                  {current ? <Badge tone="success">{t('current')}</Badge> : null}
                </span>
              </TableCell>
              <TableCell data-label={t('place')}>
                <div>
                  {ip ?? '–'}
                  <span className="block text-[0.8125rem] text-muted">{t(`networks.${networkOf(ip)}`)}</span>
                </div>
              </TableCell>
              <TableCell data-label={t('since')}>
                <RelativeTime date={createdAt} />
              </TableCell>
              <TableCell data-label={t('seen')}>
                <RelativeTime date={lastSeenAt} />
              </TableCell>
              <TableCell className="text-right">
                {current ? null : (
                  <ActionForm action={endSessionAction} fields={{ sessionId: id }}>
                    <SubmitButton variant="secondary" size="sm" aria-label={t('endNamed', { device: nameOf(userAgent) })}>
                      {t('end')}
                    </SubmitButton>
                  </ActionForm>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}
