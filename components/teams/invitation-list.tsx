import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { InvitationDto } from '#lib/invitations/index.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'
import { resendInvitationAction, revokeInvitationAction } from '#lib/web/teams/member-actions.ts'
import { InvitationForm } from './invitation-form.tsx'
import { RoleName } from './role-name.tsx'

/** The open invitations of a team: send again, take back. */
export async function InvitationList({ teamId, invitations }: { teamId: string; invitations: readonly InvitationDto[] }) {
  const [t, common] = await Promise.all([getTranslations('teams.invitations'), getTranslations('common')])
  return (
    <ClientMessages namespaces={['teams']}>
      <ul className="divide-y divide-line">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-4">
            <div className="min-w-0 flex-1 basis-64">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium [overflow-wrap:anywhere]">
                {invitation.email}
                {invitation.expired ? <Badge tone="warning">{t('expired')}</Badge> : null}
              </p>
              <p className="text-[0.8125rem] text-muted">
                <RoleName role={invitation.role} />
                {' · '}
                {invitation.clients === null ? t('all') : t('chosen', { count: invitation.clients })}
                {' · '}
                {invitation.invitedBy ? t('by', { name: invitation.invitedBy }) : null} <RelativeTime date={new Date(invitation.sentAt)} />
                {invitation.expired ? null : (
                  <>
                    {' · '}
                    {t('expires')} <RelativeTime date={new Date(invitation.expiresAt)} />
                  </>
                )}
              </p>
            </div>
            <div className="flex flex-wrap items-start gap-2">
              <InvitationForm action={resendInvitationAction} fields={{ teamId, invitationId: invitation.id }}>
                <SubmitButton variant="secondary" size="sm" aria-label={t('resendTo', { email: invitation.email })}>
                  {t('resend')}
                </SubmitButton>
              </InvitationForm>
              <Confirm
                id={`revoke-${invitation.id}`}
                trigger={t('revoke')}
                title={t('question', { email: invitation.email })}
                confirm={t('revoke')}
                cancel={common('cancel')}
                action={revokeInvitationAction}
                fields={{ teamId, invitationId: invitation.id }}
              >
                <p>{t('breaks')}</p>
              </Confirm>
            </div>
          </li>
        ))}
      </ul>
    </ClientMessages>
  )
}
