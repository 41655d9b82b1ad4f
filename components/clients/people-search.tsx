import { getTranslations } from 'next-intl/server'
import { SearchForm } from '#components/ui/search-form.tsx'

/** Looks for people of a client by name, address or `sub`; the address of the page keeps it. */
export async function PeopleSearch({ action, search }: { action: string; search: string | undefined }) {
  const t = await getTranslations('tokens')
  return <SearchForm action={action} label={t('search')} find={t('find')} query={search} placeholder={t('searchHint')} />
}
