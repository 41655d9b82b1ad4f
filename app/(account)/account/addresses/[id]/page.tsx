import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { AddressForm } from '#components/account/address-form.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { listOwnAddresses, type OwnAddress } from '#lib/addresses/index.ts'
import { countryOptions } from '#lib/web/account/country-options.ts'
import { requireUserContext } from '#lib/web/context.ts'

type Props = { params: Promise<{ id: string }> }

/** Asked once a request, by the title and by the page. */
const addressOf = cache(async (id: string): Promise<OwnAddress> => {
  const addresses = await listOwnAddresses({ ctx: await requireUserContext() })
  return addresses.find((one) => String(one.id) === id) ?? notFound()
})

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  await addressOf((await params).id)
  const t = await getTranslations('account')
  return { title: `${t('addresses.editTitle')} · ${t('title')}` }
})

async function EditAddressPage({ params }: Props) {
  const address = await addressOf((await params).id)
  const [t, countries] = await Promise.all([getTranslations('account.addresses'), countryOptions()])
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
