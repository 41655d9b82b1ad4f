import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ProfileForm } from '#components/account/profile-form.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { getProfile } from '#lib/accounts/index.ts'
import { countryOptions } from '#lib/web/account/country-options.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') }
}

export default async function ProfilePage() {
  const ctx = await requireUserContext()
  const [t, profile, countries] = await Promise.all([getTranslations('account.profile'), getProfile({ ctx }), countryOptions()])
  return (
    <Card aria-labelledby="profile">
      <CardHeader id="profile" title={t('title')} description={t('description')} />
      <CardBody>
        <ProfileForm profile={profile} countries={countries} />
      </CardBody>
    </Card>
  )
}
