import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddressForm } from '#components/account/address-form.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { getProfile } from '#lib/accounts/index.ts'
import { countryOptions } from '#lib/web/account/country-options.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('addresses.add')} · ${t('title')}` }
}

export default async function NewAddressPage() {
  const ctx = await requireUserContext()
  const [t, countries, { country }] = await Promise.all([getTranslations('account.addresses'), countryOptions(), getProfile({ ctx })])
  return (
    <Card>
      <CardHeader title={t('newTitle')} description={t('newDescription')} />
      <CardBody>
        <AddressForm countries={countries} home={country} />
      </CardBody>
    </Card>
  )
}
