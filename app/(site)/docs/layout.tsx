import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DocsNav } from '#components/docs/docs-nav.tsx'
import { TextLink } from '#components/ui/link.tsx'

/** The documentation: its pages at the left, in a fold on a phone. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('docs')
  return (
    <div className="grid gap-x-12 gap-y-6 py-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <div className="lg:sticky lg:top-6 lg:self-start">
        <details className="rounded-lg border border-line bg-surface lg:hidden">
          <summary className="px-3.5 py-2.5 font-medium">{t('menu')}</summary>
          <div className="border-t border-line p-2">
            <DocsNav label={t('menu')} />
          </div>
        </details>
        <div className="max-lg:hidden">
          <DocsNav label={t('nav')} />
        </div>
      </div>
      <div className="min-w-0 max-w-3xl">
        {children}
        <p className="mt-12 border-t border-line pt-6 text-muted">
          {t('more')} <TextLink href="/support">{t('support')}</TextLink>
        </p>
      </div>
    </div>
  )
}
