// Owns the countries of ISO 3166-1: the whole list, and finding one by its code. The rows come with the release: lib/database seeds them.
export { type CountrySummary, countrySummary } from './country-summary.ts'
export { type CountryDto, findCountry, listCountries } from './list-countries.ts'
