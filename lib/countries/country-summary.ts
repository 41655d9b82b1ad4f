import { type CountryDto, findCountry } from './list-countries.ts'

/** A country inside another answer. */
export type CountrySummary = Pick<CountryDto, 'id' | 'short_name' | 'name' | 'phonecode' | 'is_eu_member'>

/** The country of a stored alpha-2 code. A code that a later release no longer knows keeps its text. */
export async function countrySummary(code: string): Promise<CountrySummary> {
  const country = await findCountry(code)
  if (!country) return { id: 0, short_name: code, name: code, phonecode: '', is_eu_member: false }
  const { id, short_name, name, phonecode, is_eu_member } = country
  return { id, short_name, name, phonecode, is_eu_member }
}
