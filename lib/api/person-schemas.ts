import * as z from 'zod'

/** A person's public id. SDKs send it as a number or a string; it is always answered as a string. */
export const subInput = z
  .union([z.string().min(1, 'Required').max(100), z.number()], {
    error: (issue) => (issue.input === undefined ? 'Required' : 'must be a string or a number'),
  })
  .transform(String)
  .meta({ id: 'Sub', description: 'A string or a number.' })

const UNLESS = 'Null unless the person allowed it:'

/** Who a person is, as far as they allowed. */
export const profileSchema = z
  .object({
    sub: z.string(),
    name: z
      .string()
      .nullable()
      .meta({ description: `${UNLESS} scope profile or userinfo.` }),
    given_name: z.string().nullable(),
    family_name: z.string().nullable(),
    email: z
      .string()
      .nullable()
      .meta({ description: `${UNLESS} scope email or userinfo.` }),
    email_verified: z.boolean().nullable(),
    picture: z.string().nullable(),
  })
  .meta({ id: 'Profile' })

/** A country inside another answer. */
export const countrySummarySchema = z
  .object({ id: z.number().int(), short_name: z.string(), name: z.string(), phonecode: z.string(), is_eu_member: z.boolean() })
  .meta({ id: 'CountrySummary' })

const line = z.string().nullable()

/** An address. */
export const addressSchema = z
  .object({
    id: z.number().int(),
    type: z.string(),
    name: line,
    company_name: line,
    firstname: line,
    lastname: line,
    phone: line,
    email: line,
    tax_nr: line,
    registration_nr: line,
    access_code: line,
    postal_code: z.string(),
    house_number: line,
    street: z.string(),
    city: z.string(),
    country: countrySummarySchema,
  })
  .meta({ id: 'Address' })
