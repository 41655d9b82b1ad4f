import { listCountries } from '#lib/countries/index.ts'
import { currentLocale } from '../i18n/current-locale.ts'

/** All countries for a select, by their names in the person's language. */
export async function countryOptions(): Promise<{ value: string; label: string }[]> {
  const locale = await currentLocale()
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const countries = await listCountries()
  return countries
    .map(({ short_name, name }) => ({ value: short_name, label: names.of(short_name) ?? name }))
    .sort((a, b) => a.label.localeCompare(b.label, locale))
}
