import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AppCard } from '#components/account/app-card.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listConsents } from '#lib/grants/index.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('tabs.apps')} · ${t('title')}` }
}

export default async function AppsPage() {
  const ctx = await requireUserContext()
  const [t, apps] = await Promise.all([getTranslations('account.apps'), listConsents({ ctx })])
  if (apps.length === 0)
    return (
      <Card>
        <EmptyState title={t('none')} description={t('noneText')} />
      </Card>
    )
  return (
    <>
      <p className="text-muted">{t('description')}</p>
      {apps.map((app) => (
        <AppCard key={app.clientId} app={app} />
      ))}
    </>
  )
}
