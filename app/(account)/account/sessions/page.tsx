import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SessionsCard } from '#components/account/sessions-card.tsx'
import { listSessions } from '#lib/accounts/index.ts'
import { requireUserContext } from '#lib/web/context.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: `${t('tabs.sessions')} · ${t('title')}` }
}

export default async function SessionsPage() {
  return <SessionsCard sessions={await listSessions({ ctx: await requireUserContext() })} />
}
