import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CodeField } from '#components/auth/code-field.tsx'
import { PlainLink } from '#components/auth/plain-link.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { currentSession, requireUserContext } from '#lib/web/context.ts'
import { formToken } from '#lib/web/csrf.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth.verify'))('title') }
}

export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<{ flash?: string }> }) {
  const { actor } = await requireUserContext()
  const t = await getTranslations('auth')
  if ((await currentSession())?.emailVerified) {
    return (
      <AuthCard title={t('verify.doneTitle')} description={t('verify.done', { email: actor.email })}>
        <ButtonLink href="/clients" variant="primary" className="w-full">
          {t('verify.continue')}
        </ButtonLink>
      </AuthCard>
    )
  }
  const { flash: id } = await searchParams
  const [flash, csrfToken] = await Promise.all([readFlash('verify', id).then(flashText), formToken('/verify-email')])
  return (
    <AuthCard
      title={t('verify.title')}
      description={t('verify.description', { email: actor.email })}
      footer={<PlainLink href="/clients">{t('verify.later')}</PlainLink>}
    >
      {flash.notice ? (
        <Alert tone="success" role="status">
          {flash.notice}
        </Alert>
      ) : null}
      <form method="post" action="/verify-email/submit" className="space-y-4">
        <FormError>{flash.error}</FormError>
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <CodeField error={flash.field('code')} />
        <FormActions stretch>
          <SubmitButton>{t('verify.submit')}</SubmitButton>
        </FormActions>
      </form>
      <form method="post" action="/verify-email/send">
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <Button type="submit" variant="ghost" className="w-full">
          {t('verify.sendAgain')}
        </Button>
      </form>
    </AuthCard>
  )
}
