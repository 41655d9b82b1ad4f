import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Button } from '#components/ui/button.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { FormActions } from '#components/ui/form.tsx'
import type { InvitationView } from '#lib/invitations/index.ts'
import { RoleName } from './role-name.tsx'

type Props = {
  view: Exclude<InvitationView, { state: 'gone' | 'accepted' }>
  /** The page's own address. */
  here: string
  csrfToken: string
  /** Why the last try was refused. */
  problem: ReactNode
}

/** An open invitation: who asks, or what has to happen before that is told. */
export function InvitationCard({ view, here, csrfToken, problem }: Props) {
  const t = useTranslations('teams.invitation')
  const format = useFormatter()
  const token = <input type="hidden" name="csrfToken" value={csrfToken} />
  if (view.state === 'login') {
    const first = view.hasAccount ? 'login' : 'register'
    const second = view.hasAccount ? 'register' : 'login'
    return (
      <AuthCard title={t('title')} description={t('login.text', { email: view.email })}>
        {problem}
        <form method="post" action={`${here}/answer`} className="space-y-3">
          {token}
          <Button type="submit" name="answer" value={first} variant="primary" className="w-full">
            {t(`login.${first}`)}
          </Button>
          <Button type="submit" name="answer" value={second} className="w-full">
            {t(`login.${second}`)}
          </Button>
        </form>
      </AuthCard>
    )
  }
  if (view.state === 'other_address') {
    return (
      <AuthCard title={t('other.title')} description={t('other.text', { email: view.email, yours: view.yours })}>
        {problem}
        <form method="post" action="/logout/submit">
          {token}
          <input type="hidden" name="returnTo" value={here} />
          <Button type="submit" variant="primary" className="w-full">
            {t('other.logOut')}
          </Button>
        </form>
      </AuthCard>
    )
  }
  return (
    <AuthCard
      title={t('open.title', { team: view.team })}
      description={view.inviter ? t('open.text', { inviter: view.inviter }) : undefined}
      size="md"
    >
      {problem}
      <DefinitionList
        items={[
          { term: t('open.role'), value: <RoleName role={view.role} /> },
          ...(view.limited ? [{ term: t('open.clients'), value: t('open.chosen') }] : []),
          { term: t('open.address'), value: view.email },
          { term: t('open.expires'), value: format.dateTime(new Date(view.expiresAt), { dateStyle: 'long', timeStyle: 'short' }) },
        ]}
      />
      <form method="post" action={`${here}/answer`}>
        {token}
        <FormActions stretch>
          <Button type="submit" name="answer" value="accept" variant="primary">
            {t('open.accept')}
          </Button>
          <Button type="submit" name="answer" value="decline">
            {t('open.decline')}
          </Button>
        </FormActions>
      </form>
    </AuthCard>
  )
}
