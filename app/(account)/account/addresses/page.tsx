import { MapPin } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddressCard } from '#components/account/address-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listOwnAddresses } from '#lib/addresses/index.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('tabs.addresses')} · ${t('title')}` }
}

export default async function AddressesPage() {
  const ctx = await requireUserContext()
  const [t, addresses] = await Promise.all([getTranslations('account.addresses'), listOwnAddresses({ ctx })])
  const add = (
    <ButtonLink href="/account/addresses/new" variant="primary">
      {t('add')}
    </ButtonLink>
  )
  if (addresses.length === 0)
    return (
      <Card>
        <EmptyState icon={<MapPin />} title={t('none')} description={t('noneText')} action={add} />
      </Card>
    )
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-xl text-muted">{t('description')}</p>
        {add}
      </div>
      <ul className="grid gap-4 sm:grid-cols-2">
        {addresses.map((address) => (
          <AddressCard key={address.id} address={address} />
        ))}
      </ul>
    </>
  )
}
