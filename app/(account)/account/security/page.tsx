import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmailCard } from '#components/account/email-card.tsx'
import { ExternalLoginsCard } from '#components/account/external-logins-card.tsx'
import { PasswordCard } from '#components/account/password-card.tsx'
import { getProfile } from '#lib/accounts/index.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('tabs.security')} · ${t('title')}` }
}

export default async function SecurityPage() {
  const ctx = await requireUserContext()
  const profile = await getProfile({ ctx })
  return (
    <>
      <EmailCard profile={profile} />
      <PasswordCard profile={profile} />
      <ExternalLoginsCard profile={profile} />
    </>
  )
}
