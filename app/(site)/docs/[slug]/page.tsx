import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { CONTENT } from '#components/docs/content.ts'
import { DOC_PAGES, type DocPage, isDocPage } from '#components/docs/pages.ts'
import { SiteNotFound } from '#components/shell/not-found-state.tsx'
import { withNotFound, withNotFoundTitle } from '#components/shell/with-not-found.tsx'
import { PageLink } from '#components/ui/page-link.tsx'
import { currentLocale } from '#lib/web/i18n/current-locale.ts'

type Props = { params: Promise<{ slug: string }> }

async function pageOf(params: Props['params']): Promise<DocPage> {
  const { slug } = await params
  if (!isDocPage(slug)) notFound()
  return slug
}

export const generateMetadata = withNotFoundTitle(async ({ params }: Props): Promise<Metadata> => {
  const page = await pageOf(params)
  const t = await getTranslations('docs')
  return { title: `${t(`pages.${page}.title`)} · ${t('title')}`, description: t(`pages.${page}.description`) }
})

async function DocPageView({ params }: Props) {
  const page = await pageOf(params)
  const [t, locale] = await Promise.all([getTranslations('docs'), currentLocale()])
  const Content = CONTENT[locale][page]
  const all = [...DOC_PAGES, 'api' as const]
  const next = all[all.indexOf(page) + 1]
  return (
    <article>
      <h1 className="text-3xl font-semibold">{t(`pages.${page}.title`)}</h1>
      <p className="mt-2 mb-8 text-base text-muted">{t(`pages.${page}.description`)}</p>
      <Content />
      {next ? (
        <p className="mt-10 text-right">
          <PageLink href={`/docs/${next}`} className="font-medium text-accent-text hover:underline">
            {t('next', { title: t(`pages.${next}.title`) })} →
          </PageLink>
        </p>
      ) : null}
    </article>
  )
}

export default withNotFound(DocPageView, SiteNotFound)
