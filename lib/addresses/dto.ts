import type * as z from 'zod'
import { type CountrySummary, countrySummary } from '#lib/countries/index.ts'
import type { Prisma } from '#lib/db.ts'
import type { addressInput } from './schemas.ts'

type AddressRow = Prisma.AddressGetPayload<object>
type Parsed = z.output<typeof addressInput>

/** An address as its person and the clients that they allow see it. */
export type AddressDto = {
  id: number
  type: string
  name: string | null
  company_name: string | null
  firstname: string | null
  lastname: string | null
  phone: string | null
  email: string | null
  tax_nr: string | null
  registration_nr: string | null
  access_code: string | null
  postal_code: string
  house_number: string | null
  street: string
  city: string
  country: CountrySummary
}

export async function addressDto(row: AddressRow): Promise<AddressDto> {
  return {
    id: Number(row.id),
    type: row.type,
    name: row.name,
    company_name: row.companyName,
    firstname: row.firstname,
    lastname: row.lastname,
    phone: row.phone,
    email: row.email,
    tax_nr: row.taxNr,
    registration_nr: row.registrationNr,
    access_code: row.accessCode,
    postal_code: row.postalCode,
    house_number: row.houseNumber,
    street: row.street,
    city: row.city,
    country: await countrySummary(row.country),
  }
}

/** The columns of a whole address; with a change, those that it names. */
export function addressColumns<Input extends Partial<Parsed>>(input: Input) {
  const { company_name, tax_nr, registration_nr, access_code, postal_code, house_number, ...same } = input
  return {
    ...same,
    companyName: company_name,
    taxNr: tax_nr,
    registrationNr: registration_nr,
    accessCode: access_code,
    postalCode: postal_code as Input['postal_code'],
    houseNumber: house_number,
  }
}
