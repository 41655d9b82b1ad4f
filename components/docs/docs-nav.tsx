import { getTranslations } from 'next-intl/server'
import { NavLink } from '../shell/nav-link.tsx'
import { DOC_PAGES } from './pages.ts'

/** The pages of the documentation in reading order. */
export async function DocsNav({ label }: { label: string }) {
  const t = await getTranslations('docs.pages')
  return (
    <nav aria-label={label}>
      <ul className="space-y-0.5">
        {[...DOC_PAGES, 'api' as const].map((page) => (
          <li key={page}>
            <NavLink href={`/docs/${page}`}>{t(`${page}.title`)}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
