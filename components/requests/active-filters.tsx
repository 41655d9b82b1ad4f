import { X } from 'lucide-react'
import { getFormatter, getTranslations } from 'next-intl/server'
import { PageLink } from '#components/ui/page-link.tsx'
import { FILTER_NAMES, type FilterName, type RequestFilters } from '#lib/requests/schemas.ts'

/** The filters that are in force, each with a link that takes it away. `href`: the page with other filters. */
export async function ActiveFilters({
  filters,
  href,
  clientName,
}: {
  filters: RequestFilters
  href: (filters: RequestFilters) => string
  clientName: string | undefined
}) {
  const active = FILTER_NAMES.filter((name) => filters[name] !== undefined)
  if (active.length === 0) return null
  const [t, all, format] = await Promise.all([getTranslations('requests.filters'), getTranslations('requests'), getFormatter()])
  const text = (name: FilterName): string => {
    const value = String(filters[name])
    if (name === 'range') return t('chips.range', { value: all(`ranges.${value}`) })
    if (name === 'mode') return t('chips.mode', { value: all(`mode.${value}`) })
    if (name === 'client') return t('chips.client', { value: clientName ?? value })
    if (name === 'decision') return t('chips.decision', { value: value === 'refused' ? all('refused') : value })
    if (name === 'from' || name === 'to')
      return t(`chips.${name}`, { value: format.dateTime(new Date(value), { dateStyle: 'medium', timeStyle: 'short' }) })
    return t(`chips.${name}`, { value })
  }
  return (
    <ul aria-label={t('active')} className="flex flex-wrap items-center gap-2">
      {active.map((name) => (
        <li key={name} className="max-w-full">
          <PageLink
            href={href({ ...filters, [name]: undefined })}
            scroll={false}
            aria-label={t('remove', { filter: text(name) })}
            className="flex max-w-full items-center gap-1.5 rounded-full border border-line-strong/60 bg-surface py-0.5 pr-2 pl-3 text-[0.8125rem] hover:bg-hover touch:min-h-11"
          >
            <span className="truncate">{text(name)}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-muted" />
          </PageLink>
        </li>
      ))}
      {active.length > 1 ? (
        <li>
          <PageLink
            href={href({})}
            scroll={false}
            className="inline-flex items-center rounded-sm px-1 text-[0.8125rem] text-muted underline underline-offset-3 hover:text-ink touch:min-h-11"
          >
            {t('clear')}
          </PageLink>
        </li>
      ) : null}
    </ul>
  )
}
