import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApiOperation } from '#components/docs/api-operation.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { env } from '#lib/env.ts'
import { operations } from '#lib/web/docs/reference.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('docs')
  return { title: `${t('pages.api.title')} · ${t('title')}`, description: t('pages.api.description') }
}

export default async function ApiReferencePage() {
  const t = await getTranslations('docs')
  const all = operations()
  return (
    <article>
      <h1 className="text-3xl font-semibold">{t('pages.api.title')}</h1>
      <p className="mt-2 mb-6 text-base text-muted">{t('pages.api.description')}</p>
      <p className="mb-6 [overflow-wrap:anywhere]">
        {t('api.intro', { base: env().PUBLIC_URL })}{' '}
        <a href="/api/openapi.json" className="font-medium text-accent-text underline underline-offset-3">
          /api/openapi.json
        </a>
      </p>
      <nav aria-label={t('api.endpoints')}>
        <ul className="divide-y divide-line rounded-lg border border-line">
          {all.map(({ id, method, path, summary }) => (
            <li key={id}>
              <a href={`#${id}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-hover">
                <Badge tone={method === 'GET' ? 'info' : 'success'} className="w-12 justify-center">
                  {method}
                </Badge>
                <code className="font-mono text-[0.8125rem]">{path}</code>
                <span className="basis-full text-muted sm:basis-auto">{summary}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {all.map((operation) => (
        <ApiOperation key={operation.id} operation={operation} />
      ))}
    </article>
  )
}
