import { db } from '#lib/db.ts'
import { singleton } from '#lib/registry.ts'

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

type Loaded = { countries?: Promise<readonly CountryDto[]> | undefined }

/**
 * All countries of ISO 3166-1, by English name. They change with a release only, so a process reads them once, at its start. What holds a
 * transaction must have them before: the first read takes a connection of its own.
 */
export function listCountries(): Promise<readonly CountryDto[]> {
  const loaded = singleton<Loaded>('countries', () => ({}))
  loaded.countries ??= readCountries().catch((error: unknown) => {
    loaded.countries = undefined
    throw error
  })
  return loaded.countries
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
