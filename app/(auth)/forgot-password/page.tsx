import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmailField } from '#components/auth/email-field.tsx'
import { PlainLink } from '#components/auth/plain-link.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import { safeReturnTo } from '#lib/accounts/index.ts'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { formToken } from '#lib/web/csrf.ts'

type Query = { returnTo?: string | string[]; flash?: string }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth.forgot'))('title') }
}

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { returnTo: wanted, flash: id } = await searchParams
  const returnTo = safeReturnTo(wanted)
  const query = `?returnTo=${encodeURIComponent(returnTo)}`
  const [t, flash, csrfToken] = await Promise.all([
    getTranslations('auth'),
    readFlash('forgot', id).then(flashText),
    formToken(`/forgot-password${query}`),
  ])
  const back = <PlainLink href={`/login${query}`}>{t('backToLogin')}</PlainLink>
  return (
    <AuthCard title={t('forgot.title')} description={t('forgot.description')} footer={back}>
      <form method="post" action="/forgot-password/submit" className="space-y-4">
        <FormError>{flash.error}</FormError>
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <EmailField defaultValue={flash.value('email')} error={flash.field('email')} autoFocus />
        <FormActions stretch>
          <SubmitButton>{t('forgot.submit')}</SubmitButton>
        </FormActions>
      </form>
    </AuthCard>
  )
}
