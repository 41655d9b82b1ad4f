import * as z from 'zod'

/** What an address is for. */
export const ADDRESS_TYPES = ['standard', 'billing', 'business', 'contract', 'mailing', 'shipping'] as const

const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

function line(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => !FORBIDDEN.test(text), { message: 'No control or invisible characters', params: { code: 'characters' } })
    .transform((text) => text.trim().normalize())
}

const required = (max: number) => line(max).refine((text) => text !== '', { message: 'Required', params: { code: 'required' } })

/** Null, absent and empty are one thing. */
const optional = (max: number) =>
  line(max)
    .transform((text) => text || null)
    .nullish()

const email = optional(254).refine((text) => !text || z.email().safeParse(text).success, {
  message: 'not an email address',
  params: { code: 'email_invalid' },
})

/** ISO 3166-1 alpha-2 or alpha-3; whether the country exists, the verb asks. */
const country = required(100).refine((code) => /^[A-Za-z]{2,3}$/.test(code), {
  message: 'not an ISO 3166-1 code',
  params: { code: 'country' },
})

/** The members of an address. Only these five are required: type, street, city, postal_code, country. */
export const addressInput = z.object({
  type: z.enum(ADDRESS_TYPES, { error: (issue) => (issue.input === undefined ? 'Required' : `one of ${ADDRESS_TYPES.join(', ')}`) }),
  name: optional(200),
  company_name: optional(200),
  firstname: optional(100),
  lastname: optional(100),
  phone: optional(40),
  email,
  tax_nr: optional(50),
  registration_nr: optional(50),
  access_code: optional(50),
  postal_code: required(20),
  house_number: optional(20),
  street: required(200),
  city: required(100),
  country,
})
export type AddressInput = z.input<typeof addressInput>

/** A change of an address: what is absent stays. */
export const addressChange = addressInput.partial()
export type AddressChange = z.input<typeof addressChange>

const NO_ID = 'must be the number of an address'

export const addressId = z.number(NO_ID).refine((id) => Number.isSafeInteger(id) && id > 0, NO_ID)
