import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'

/** An interaction that cannot go on in this browser. */
export async function NoticeCard({ reason }: { reason: 'gone' | 'mismatch' }) {
  const t = await getTranslations('interaction')
  return (
    <AuthCard title={t(`${reason}.title`)} description={t(`${reason}.text`)}>
      <ButtonLink href="/" variant="secondary">
        {t('gone.home')}
      </ButtonLink>
    </AuthCard>
  )
}
