import { getTranslations } from 'next-intl/server'
import { LoginForm, RegisterLink } from '#components/auth/login-form.tsx'
import { ClientLogo } from '#components/interaction/client-logo.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { env } from '#lib/env.ts'
import type { SignView } from '#lib/sign-tokens/index.ts'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'

export type SignLoginCardProps = { view: SignView; here: string; flash: string | string[] | undefined }

/** The log-in on the way to a client that sent the person here with a sign token. */
export async function SignLoginCard({ view, here, flash: id }: SignLoginCardProps) {
  const [t, flash] = await Promise.all([getTranslations('interaction'), readFlash('login', id).then(flashText)])
  const { client } = view
  return (
    <AuthCard
      footer={<RegisterLink returnTo={here} />}
      logo={<ClientLogo name={client.name} logoUri={client.logoUri} />}
      title={t('login.title', { client: client.name })}
      description={t('login.description', { client: client.name, brand: env().BRAND_NAME })}
    >
      <LoginForm returnTo={here} loginHint={flash.value('email') ?? view.email ?? undefined} error={flash.error} />
    </AuthCard>
  )
}
