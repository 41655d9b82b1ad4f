import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AddressForm } from '#components/account/address-form.tsx'
import { withNotFound } from '#components/shell/with-not-found.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { listOwnAddresses } from '#lib/addresses/index.ts'
import { countryOptions } from '#lib/web/account/country-options.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('addresses.editTitle')} · ${t('title')}` }
}

async function EditAddressPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireUserContext()
  const { id } = await params
  const [t, countries, addresses] = await Promise.all([getTranslations('account.addresses'), countryOptions(), listOwnAddresses({ ctx })])
  const address = addresses.find((one) => String(one.id) === id)
  if (!address) notFound()
  return (
    <Card>
      <CardHeader title={t('editTitle')} />
      <CardBody>
        <AddressForm address={address} countries={countries} home={null} />
      </CardBody>
    </Card>
  )
}

export default withNotFound(EditAddressPage)
