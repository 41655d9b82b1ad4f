import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CodeField } from '#components/auth/code-field.tsx'
import { PlainLink } from '#components/auth/plain-link.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { TextField } from '#components/ui/field.tsx'
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
        <TextField
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={flash.value('email')}
          error={flash.field('email')}
          required
        />
        <CodeField error={flash.field('code')} />
        <TextField
          label={t('newPassword')}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={flash.field('password') ? undefined : t('passwordHint')}
          error={flash.field('password')}
          required
        />
        <FormActions stretch>
          <SubmitButton>{t('reset.submit')}</SubmitButton>
        </FormActions>
      </form>
    </AuthCard>
  )
}
