import { Search } from 'lucide-react'
import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { FilterChips } from '#components/ui/filter-chips.tsx'
import { FILTERS, type ListQuery, listHref } from './list-query.ts'

/** Search and filters of the list. All of it is in the address. */
export async function ClientFilters({ query }: { query: ListQuery }) {
  const [t, mode, kind] = await Promise.all([
    getTranslations('clients.list'),
    getTranslations('clients.mode'),
    getTranslations('clients.kinds'),
  ])
  const chips = (name: keyof typeof FILTERS, labelOf: (value: string) => string) => [
    { label: t('filters.all'), href: listHref(query, { [name]: undefined }), on: !query[name] },
    ...FILTERS[name].map((value) => ({ label: labelOf(value), href: listHref(query, { [name]: value }), on: query[name] === value })),
  ]
  const hidden = Object.entries({ ...query, q: undefined, cursor: undefined })
  return (
    <div className="space-y-3">
      <Form action="/clients" className="flex max-w-lg items-end gap-2">
        {hidden.map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
        <TextField
          key={query.q}
          className="flex-1"
          label={t('search')}
          name="q"
          type="search"
          defaultValue={query.q}
          placeholder={t('searchHint')}
        />
        <Button type="submit">
          <Search aria-hidden />
          {t('find')}
        </Button>
      </Form>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <FilterChips label={t('filters.status')} chips={chips('status', (value) => t(`statuses.${value}`))} />
        <FilterChips label={t('filters.mode')} chips={chips('mode', (value) => mode(value))} />
        <FilterChips label={t('filters.type')} chips={chips('type', (value) => kind(value))} />
      </div>
    </div>
  )
}
