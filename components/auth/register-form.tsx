import { getTranslations } from 'next-intl/server'
import { TextField } from '#components/ui/field.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import type { FlashText } from '#lib/web/auth/flash-text.ts'
import { formToken } from '#lib/web/csrf.ts'
import { EmailField } from './email-field.tsx'
import { ExternalLogins } from './external-logins.tsx'
import { NewPasswordField } from './new-password-field.tsx'

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
        <EmailField defaultValue={flash.value('email')} error={flash.field('email')} />
        <NewPasswordField label={t('password')} error={flash.field('password')} />
        <FormActions stretch>
          <SubmitButton>{t('register.submit')}</SubmitButton>
        </FormActions>
      </form>
      <ExternalLogins csrfToken={csrfToken} returnTo={returnTo} />
    </>
  )
}
