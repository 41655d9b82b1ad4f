import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormCheckboxField, FormTextField } from '#components/forms/form-fields.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { OwnProfile } from '#lib/accounts/index.ts'
import { changePasswordAction } from '#lib/web/account/security-actions.ts'

/** Changes the password; for someone who logs in elsewhere only, sets the first one. */
export async function PasswordCard({ profile }: { profile: OwnProfile }) {
  const [t, auth] = await Promise.all([getTranslations('account.password'), getTranslations('auth')])
  const { hasPassword, passwordChangedAt, email } = profile
  return (
    <Card aria-labelledby="password">
      <CardHeader
        id="password"
        title={t('title')}
        description={
          hasPassword && passwordChangedAt ? t.rich('changed', { time: () => <RelativeTime date={passwordChangedAt} /> }) : t('none')
        }
      />
      <CardBody>
        <ActionForm action={changePasswordAction} className="max-w-md space-y-4">
          {/* Tells password managers whose password this is. */}
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          {hasPassword ? (
            <FormTextField label={t('current')} name="currentPassword" type="password" autoComplete="current-password" required />
          ) : null}
          <FormTextField
            label={auth('newPassword')}
            hint={auth('passwordHint')}
            name="password"
            type="password"
            autoComplete="new-password"
            required
          />
          <FormCheckboxField label={t('endSessions')} hint={t('endSessionsHint')} name="endSessions" defaultChecked />
          <FormCheckboxField label={t('endTokens')} hint={t('endTokensHint')} name="endTokens" />
          <FormActions>
            <SubmitButton>{t(hasPassword ? 'change' : 'set')}</SubmitButton>
          </FormActions>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
