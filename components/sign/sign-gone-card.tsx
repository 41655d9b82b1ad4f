import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'

/** A start token that cannot be used any more. */
export async function SignGoneCard() {
  const t = await getTranslations('sign.gone')
  return (
    <AuthCard title={t('title')} description={t('text')}>
      <ButtonLink href="/" variant="secondary">
        {t('home')}
      </ButtonLink>
    </AuthCard>
  )
}
