import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LoginForm, RegisterLink } from '#components/auth/login-form.tsx'
import { AccountCard } from '#components/interaction/account-card.tsx'
import { ClientLogo } from '#components/interaction/client-logo.tsx'
import { ConsentCard } from '#components/interaction/consent-card.tsx'
import { NoticeCard } from '#components/interaction/notice-card.tsx'
import { TestersCard } from '#components/interaction/testers-card.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { env } from '#lib/env.ts'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { formToken } from '#lib/web/csrf.ts'
import { interactionPage } from '#lib/web/interaction.ts'
import InteractionNotFound from './not-found.tsx'

export const metadata: Metadata = { robots: 'noindex' }

type Props = { params: Promise<{ uid: string }>; searchParams: Promise<{ flash?: string | string[] }> }

/** What an authorization needs a person for: logging in, consent, or being told that they may not. */
async function InteractionPage({ params, searchParams }: Props) {
  const { uid } = await params
  const state = await interactionPage(uid)
  if (!state) notFound()
  const { view, session, redirectUri } = state
  const t = await getTranslations('interaction')

  const here = `/interaction/${uid}`
  if (view.prompt === 'login') {
    const flash = await flashText(await readFlash('login', (await searchParams).flash))
    return (
      <AuthCard
        footer={<RegisterLink returnTo={here} />}
        logo={<ClientLogo name={view.client.name} logoUri={view.client.logoUri} />}
        title={t('login.title', { client: view.client.name })}
        description={t('login.description', { client: view.client.name, brand: env().BRAND_NAME })}
      >
        <LoginForm returnTo={here} loginHint={flash.value('email') ?? view.loginHint ?? undefined} error={flash.error} />
      </AuthCard>
    )
  }
  if (!session || session.sub !== view.sub) return <NoticeCard reason="mismatch" />
  const token = await formToken(here)
  if (view.prompt === 'select_account') return <AccountCard view={view} action={`${here}/answer`} email={session.email} csrfToken={token} />
  if (view.prompt === 'test_mode') return <TestersCard view={view} action={`${here}/answer`} email={session.email} csrfToken={token} />
  return <ConsentCard view={view} action={`${here}/answer`} email={session.email} csrfToken={token} returnHost={hostOf(redirectUri)} />
}

export default withNotFound(InteractionPage, InteractionNotFound)

/** Where the person returns to, as they would recognise it: a host, or a native app's scheme. */
function hostOf(uri: string): string {
  const parsed = URL.parse(uri)
  return parsed?.host || parsed?.protocol || uri
}
