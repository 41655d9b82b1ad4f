import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DeleteAccountCard } from '#components/account/delete-account-card.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { accountImpact } from '#lib/account-data/index.ts'
import { getProfile } from '#lib/accounts/index.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('tabs.data')} · ${t('title')}` }
}

export default async function DataPage() {
  const ctx = await requireUserContext()
  const [t, impact, profile] = await Promise.all([getTranslations('account.data'), accountImpact({ ctx }), getProfile({ ctx })])
  return (
    <>
      <Card aria-labelledby="download">
        <CardHeader id="download" title={t('title')} description={t('description')} />
        <CardBody>
          {/* A file, not a page: nothing to fetch ahead. */}
          <a href="/account/data/download" download className={buttonClass('secondary')}>
            <Download aria-hidden />
            {t('download')}
          </a>
        </CardBody>
      </Card>
      <DeleteAccountCard impact={impact} email={profile.email} hasPassword={profile.hasPassword} />
    </>
  )
}
