import { getCountryDataList } from 'countries-list'

// Member states of the European Union since 2020-02-01 (Treaty on European Union, article 52, as amended).
const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ')

const REGIONS: Record<string, string> = {
  AF: 'Africa',
  AN: 'Antarctica',
  AS: 'Asia',
  EU: 'Europe',
  NA: 'North America',
  OC: 'Oceania',
  SA: 'South America',
}

/** Codes that are reserved or user-assigned, hence no countries of ISO 3166-1. */
const NOT_ISO = new Set(['AC', 'TA', 'XK'])

/** All countries of ISO 3166-1, in the columns of the table. */
export function countryRows(): Record<string, string | number | boolean | null>[] {
  return getCountryDataList()
    .filter(({ iso2, userAssigned }) => !userAssigned && !NOT_ISO.has(iso2))
    .map((country) => ({
      id: countryNumber(country.iso2),
      short_name: country.iso2,
      iso_alpha3: country.iso3,
      name: country.name,
      phonecode: country.phone[0] ? `+${country.phone[0]}` : '',
      is_eu_member: EU.includes(country.iso2),
      capital: country.capital || null,
      region: REGIONS[country.continent] ?? country.continent,
      timezone: mainTimezone(country.iso2),
      currency_code: country.currency[0] ?? null,
    }))
}

/** A number that stays the same for ever and needs no table. */
function countryNumber(iso2: string): number {
  const letter = (index: number) => iso2.charCodeAt(index) - 64
  return letter(0) * 27 + letter(1)
}

function mainTimezone(iso2: string): string | null {
  const locale = new Intl.Locale(`und-${iso2}`) as Intl.Locale & { getTimeZones?: () => string[] | undefined }
  return locale.getTimeZones?.()?.[0] ?? null
}
