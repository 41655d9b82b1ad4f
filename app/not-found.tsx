import { FileQuestion } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors.notFound')
  return { title: t('title') }
}

export default async function NotFound() {
  const t = await getTranslations('errors.notFound')
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        icon={<FileQuestion />}
        level={1}
        title={t('title')}
        description={t('description')}
        action={
          <ButtonLink href="/" variant="primary">
            {t('home')}
          </ButtonLink>
        }
      />
    </main>
  )
}
