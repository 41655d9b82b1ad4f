import { getTranslations } from 'next-intl/server'
import { TextField } from '#components/ui/field.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import type { FlashText } from '#lib/web/auth/flash-text.ts'
import { formToken } from '#lib/web/csrf.ts'
import { ExternalLogins } from './external-logins.tsx'

/** The form for a new account: a plain POST that works without JavaScript. What was typed, except the password, comes back with its errors. */
export async function RegisterForm({ returnTo, flash }: { returnTo: string; flash: FlashText }) {
  const [t, csrfToken] = await Promise.all([getTranslations('auth'), formToken(`/register?returnTo=${encodeURIComponent(returnTo)}`)])
  return (
    <>
      <form method="post" action="/register/submit" className="space-y-4">
        <FormError>{flash.error}</FormError>
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <TextField
          label={t('name')}
          name="name"
          autoComplete="name"
          defaultValue={flash.value('name')}
          error={flash.field('name')}
          required
        />
        <TextField
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={flash.value('email')}
          error={flash.field('email')}
          required
        />
        <TextField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={flash.field('password') ? undefined : t('passwordHint')}
          error={flash.field('password')}
          required
        />
        <FormActions stretch>
          <SubmitButton>{t('register.submit')}</SubmitButton>
        </FormActions>
      </form>
      <ExternalLogins csrfToken={csrfToken} returnTo={returnTo} />
    </>
  )
}
