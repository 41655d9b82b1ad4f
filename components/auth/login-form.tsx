import { getTranslations } from 'next-intl/server'
import { CheckboxField, TextField } from '#components/ui/field.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import { safeReturnTo } from '#lib/accounts/index.ts'
import { formToken } from '#lib/web/csrf.ts'
import { EmailField } from './email-field.tsx'
import { ExternalLogins } from './external-logins.tsx'
import { PlainLink } from './plain-link.tsx'

export type LoginFormProps = {
  /** Where to go after logging in. */
  returnTo: string
  /** The address to fill in. */
  loginHint?: string | undefined
  /** What went wrong, in the person's language. */
  error?: string | undefined
  /** The app that the person is on the way to. */
  clientName?: string | undefined
}

/** The log-in form, for the log-in page and for an app's authorization. A plain POST: works without JavaScript. */
export async function LoginForm({ returnTo, loginHint, error, clientName }: LoginFormProps) {
  const target = safeReturnTo(returnTo)
  const query = `?returnTo=${encodeURIComponent(target)}`
  const [t, csrfToken] = await Promise.all([getTranslations('auth'), formToken(`/login${query}`)])
  return (
    <>
      <form method="post" action="/api/auth/callback/credentials" className="space-y-4">
        <FormError>{error}</FormError>
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <input type="hidden" name="callbackUrl" value={target} />
        <EmailField defaultValue={loginHint} autoFocus={!loginHint} />
        <TextField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          autoFocus={Boolean(loginHint)}
          required
        />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <CheckboxField label={t('login.remember')} name="remember" value="1" />
          <PlainLink href={`/forgot-password${query}`}>{t('login.forgot')}</PlainLink>
        </div>
        <FormActions stretch>
          <SubmitButton>{t('login.submit')}</SubmitButton>
        </FormActions>
        {clientName ? <p className="text-center text-muted">{t('login.continueTo', { client: clientName })}</p> : null}
      </form>
      <ExternalLogins csrfToken={csrfToken} returnTo={target} />
    </>
  )
}

/** The way to a new account, for below the card. */
export async function RegisterLink({ returnTo }: { returnTo: string }) {
  const t = await getTranslations('auth.login')
  return (
    <p>
      {t('noAccount')} <PlainLink href={`/register?returnTo=${encodeURIComponent(safeReturnTo(returnTo))}`}>{t('register')}</PlainLink>
    </p>
  )
}
