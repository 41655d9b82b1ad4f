import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PlainLink } from '#components/auth/plain-link.tsx'
import { RegisterForm } from '#components/auth/register-form.tsx'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { safeReturnTo } from '#lib/accounts/index.ts'
import { readFlash } from '#lib/web/auth/flash.ts'
import { flashText } from '#lib/web/auth/flash-text.ts'
import { currentSession } from '#lib/web/context.ts'

type Query = { returnTo?: string | string[]; flash?: string }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth.register'))('title') }
}

export default async function RegisterPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { returnTo: wanted, flash: id } = await searchParams
  const returnTo = safeReturnTo(wanted)
  if (await currentSession()) redirect(returnTo)
  const [t, flash] = await Promise.all([getTranslations('auth.register'), readFlash('register', id).then(flashText)])
  const logIn = (
    <p>
      {t('haveAccount')} <PlainLink href={`/login?returnTo=${encodeURIComponent(returnTo)}`}>{t('logIn')}</PlainLink>
    </p>
  )
  return (
    <AuthCard title={t('title')} footer={logIn}>
      <RegisterForm returnTo={returnTo} flash={flash} />
    </AuthCard>
  )
}
