import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormTextField } from '#components/forms/form-fields.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'
import type { OwnProfile } from '#lib/accounts/index.ts'
import { cancelEmailAction, confirmEmailAction, requestEmailAction } from '#lib/web/account/security-actions.ts'

/** The address that one logs in with: whether it is verified, and another one, which counts once its code is given back. */
export async function EmailCard({ profile }: { profile: OwnProfile }) {
  const [t, auth] = await Promise.all([getTranslations('account.email'), getTranslations('auth')])
  const { email, emailVerified, pendingEmail, hasPassword } = profile
  return (
    <Card aria-labelledby="email">
      <CardHeader id="email" title={t('title')} description={t('description')} />
      <CardBody className="space-y-5">
        <p className="flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
          <span className="font-medium">{email}</span>
          <Badge tone={emailVerified ? 'success' : 'warning'}>{t(emailVerified ? 'verified' : 'unverified')}</Badge>
          {emailVerified ? null : <TextLink href="/verify-email">{t('verify')}</TextLink>}
        </p>
        {pendingEmail ? (
          <div className="space-y-3">
            <Alert tone="info">{t('pending', { email: pendingEmail })}</Alert>
            <ActionForm action={confirmEmailAction} className="max-w-md space-y-4">
              <FormTextField
                label={auth('code')}
                hint={auth('codeHint')}
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
              />
              <FormActions>
                <SubmitButton>{t('confirm')}</SubmitButton>
              </FormActions>
            </ActionForm>
            <ActionForm action={cancelEmailAction}>
              <SubmitButton variant="ghost">{t('keep')}</SubmitButton>
            </ActionForm>
          </div>
        ) : (
          <ActionForm action={requestEmailAction} className="max-w-md space-y-4">
            <FormTextField label={t('new')} hint={t('newHint')} name="email" type="email" autoComplete="email" required />
            {hasPassword ? (
              <FormTextField label={t('password')} name="password" type="password" autoComplete="current-password" required />
            ) : null}
            <FormActions>
              <SubmitButton>{t('send')}</SubmitButton>
            </FormActions>
          </ActionForm>
        )}
      </CardBody>
    </Card>
  )
}
