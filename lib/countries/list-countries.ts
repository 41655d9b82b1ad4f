import { db } from '#lib/db.ts'
import { peekSingleton, setSingleton } from '#lib/registry.ts'

/** A country as the API shows it; `id` is a stable number of ours. */
export type CountryDto = {
  id: number
  /** ISO 3166-1 alpha-2 */
  short_name: string
  name: string
  /** With the plus sign; empty where there is none. */
  phonecode: string
  is_eu_member: boolean
  capital: string | null
  /** ISO 3166-1 alpha-3 */
  iso_alpha3: string
  region: string
  timezone: string | null
  currency_code: string | null
}

const NAME = 'countries'

/** All countries of ISO 3166-1, by English name. They change with a release only, so a process reads them once. */
export async function listCountries(): Promise<readonly CountryDto[]> {
  return peekSingleton<CountryDto[]>(NAME) ?? setSingleton(NAME, await readCountries())
}

/** The country with this alpha-2 or alpha-3 code, in either case; undefined when ISO 3166-1 has none. */
export async function findCountry(code: string): Promise<CountryDto | undefined> {
  const wanted = code.trim().toUpperCase()
  return (await listCountries()).find(({ short_name, iso_alpha3 }) => short_name === wanted || iso_alpha3 === wanted)
}

async function readCountries(): Promise<CountryDto[]> {
  const rows = await db().country.findMany({ orderBy: { name: 'asc' } })
  return rows.map((row) => ({
    id: row.id,
    short_name: row.shortName,
    name: row.name,
    phonecode: row.phonecode,
    is_eu_member: row.isEuMember,
    capital: row.capital,
    iso_alpha3: row.isoAlpha3,
    region: row.region,
    timezone: row.timezone,
    currency_code: row.currencyCode,
  }))
}
