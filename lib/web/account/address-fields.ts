/** The members of an address in the order in which people are asked for them, under their names in the API. */
export const ADDRESS_FIELDS = [
  'type',
  'name',
  'company_name',
  'firstname',
  'lastname',
  'street',
  'house_number',
  'postal_code',
  'city',
  'country',
  'phone',
  'email',
  'tax_nr',
  'registration_nr',
  'access_code',
] as const
