import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DOC_PAGES } from '#components/docs/pages.ts'
import { PageLink } from '#components/ui/page-link.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('docs')
  return { title: t('title'), description: t('description') }
}

export default async function DocsPage() {
  const t = await getTranslations('docs')
  return (
    <>
      <h1 className="text-3xl font-semibold">{t('title')}</h1>
      <p className="mt-2 text-base text-muted">{t('description')}</p>
      <ul className="mt-8 grid gap-4 sm:grid-cols-2">
        {[...DOC_PAGES, 'api' as const].map((page) => (
          <li key={page} className="relative rounded-xl border border-line bg-surface p-4 shadow-raised hover:border-line-strong">
            <PageLink href={`/docs/${page}`} className="font-semibold after:absolute after:inset-0 after:rounded-xl">
              {t(`pages.${page}.title`)}
            </PageLink>
            <p className="mt-1 text-muted">{t(`pages.${page}.description`)}</p>
          </li>
        ))}
      </ul>
    </>
  )
}
