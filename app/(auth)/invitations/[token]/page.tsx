import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { InvitationCard } from '#components/teams/invitation-card.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { formToken } from '#lib/web/csrf.ts'
import { invitationPage } from '#lib/web/teams/invitation.ts'

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ flash?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('teams.invitation'))('title'), robots: 'noindex' }
}

/** Where the link of an invitation leads. */
export default async function InvitationPage({ params, searchParams }: Props) {
  const [{ token }, { flash: id }] = await Promise.all([params, searchParams])
  const view = await invitationPage(token)
  if (view.state === 'accepted') redirect(`/team?team=${encodeURIComponent(view.teamId)}`)
  const [t, flash] = await Promise.all([getTranslations('teams.invitation'), readFlash('invitation', id).then(flashText)])
  if (view.state === 'gone') {
    return (
      <AuthCard
        title={flash.notice ? t('declined.title') : t('gone.title')}
        description={flash.notice ? t('declined.text') : t('gone.text')}
      >
        <ButtonLink href="/clients" className="w-full">
          {t('toDashboard')}
        </ButtonLink>
      </AuthCard>
    )
  }
  const here = `/invitations/${encodeURIComponent(token)}`
  return (
    <InvitationCard
      view={view}
      here={here}
      csrfToken={await formToken(here)}
      problem={
        flash.error ? (
          <Alert tone="danger" role="alert">
            {flash.error}
          </Alert>
        ) : null
      }
    />
  )
}
