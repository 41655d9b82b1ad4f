import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { signFallback } from '#lib/sign-tokens/index.ts'
import { currentContext } from '#lib/web/context.ts'

/** A start token that cannot be used any more, and the way back to where it came from, where that is known. */
export async function SignGoneCard({ token }: { token: string }) {
  const [t, error] = await Promise.all([getTranslations('sign.gone'), getTranslations('oidc.error')])
  const back = await signFallback({ ctx: await currentContext(), input: { token } })
  return (
    <AuthCard title={t('title')} description={t('text')}>
      {back ? (
        // Another site: a plain link, and it need not know where the person was.
        <a href={back.uri} rel="noreferrer" className={buttonClass('secondary', 'md', 'max-w-full')}>
          <span className="truncate">{error('back', { client: back.client, host: back.host })}</span>
        </a>
      ) : (
        <ButtonLink href="/" variant="secondary">
          {t('home')}
        </ButtonLink>
      )}
    </AuthCard>
  )
}
