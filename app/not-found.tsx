import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BareNotFound } from '#components/shell/not-found-state.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors.notFound')
  return { title: t('title') }
}

export default BareNotFound
