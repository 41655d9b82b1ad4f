import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CodeField } from '#components/auth/code-field.tsx'
import { EmailField } from '#components/auth/email-field.tsx'
import { NewPasswordField } from '#components/auth/new-password-field.tsx'
import { PlainLink } from '#components/auth/plain-link.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import { safeReturnTo } from '#lib/accounts/index.ts'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { formToken } from '#lib/web/csrf.ts'

type Query = { returnTo?: string | string[]; flash?: string }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth.reset'))('title') }
}

export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { returnTo: wanted, flash: id } = await searchParams
  const returnTo = safeReturnTo(wanted)
  const query = `?returnTo=${encodeURIComponent(returnTo)}`
  const [t, flash, csrfToken] = await Promise.all([
    getTranslations('auth'),
    readFlash('reset', id).then(flashText),
    formToken(`/reset-password${query}`),
  ])
  const again = <PlainLink href={`/forgot-password${query}`}>{t('reset.again')}</PlainLink>
  return (
    <AuthCard title={t('reset.title')} description={t('reset.description')} footer={again}>
      {flash.notice ? (
        <Alert tone="info" role="status">
          {flash.notice}
        </Alert>
      ) : null}
      <form method="post" action="/reset-password/submit" className="space-y-4">
        <FormError>{flash.error}</FormError>
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <EmailField defaultValue={flash.value('email')} error={flash.field('email')} />
        <CodeField error={flash.field('code')} />
        <NewPasswordField label={t('newPassword')} error={flash.field('password')} />
        <FormActions stretch>
          <SubmitButton>{t('reset.submit')}</SubmitButton>
        </FormActions>
      </form>
    </AuthCard>
  )
}
