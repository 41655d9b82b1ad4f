import * as z from 'zod'
import { listCountries } from '#lib/countries/index.ts'
import { gatedEndpoint } from '../endpoint.ts'

const country = z
  .object({
    id: z.number().int(),
    short_name: z.string().meta({ description: 'ISO 3166-1 alpha-2' }),
    name: z.string(),
    phonecode: z.string().meta({ example: '+31' }),
    is_eu_member: z.boolean(),
    capital: z.string().nullable(),
    iso_alpha3: z.string(),
    region: z.string(),
    timezone: z.string().nullable(),
    currency_code: z.string().nullable(),
  })
  .meta({ id: 'Country' })

/** The world. */
export const countries = gatedEndpoint({
  method: 'POST',
  path: '/global/countries',
  use: 'api',
  summary: 'All countries of ISO 3166-1',
  body: z.object({}),
  data: z.object({ countries: z.array(country) }),
  run: async () => ({ message: 'All countries.', data: { countries: [...(await listCountries())] } }),
})
