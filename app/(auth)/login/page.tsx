import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LoginForm, RegisterLink } from '#components/auth/login-form.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { safeReturnTo } from '#lib/accounts/index.ts'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { withoutOrigin } from '#lib/web/auth/origin.ts'
import { currentSession } from '#lib/web/context.ts'

type Query = { returnTo?: string | string[]; callbackUrl?: string; flash?: string; error?: string }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth.login'))('title') }
}

export default async function LoginPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { returnTo: wanted, callbackUrl, flash: id, error } = await searchParams
  const returnTo = safeReturnTo(wanted ?? withoutOrigin(String(callbackUrl ?? '')))
  if (await currentSession()) redirect(returnTo)
  const [t, flash] = await Promise.all([getTranslations('auth'), readFlash('login', id).then(flashText)])
  // next-auth comes back with `error` when a provider refused or the way back was broken.
  const problem = flash.error ?? (error ? t(error === 'CredentialsSignin' ? 'errors.unauthenticated' : 'errors.external') : undefined)
  return (
    <AuthCard title={t('login.title')} footer={<RegisterLink returnTo={returnTo} />}>
      {flash.notice ? (
        <Alert tone="success" role="status">
          {flash.notice}
        </Alert>
      ) : null}
      <LoginForm returnTo={returnTo} loginHint={flash.value('email')} error={problem} />
    </AuthCard>
  )
}
