// Owns the addresses of people: list, add, change, delete, by the person or by a client that they allowed to. Which countries there are
// is lib/countries; the `address` claim of OpenID Connect is lib/accounts'.

export { createAddress } from './create-address.ts'
export { deleteAddress } from './delete-address.ts'
export type { AddressDto } from './dto.ts'
export { listAddresses } from './list-addresses.ts'
export { listOwnAddresses, type OwnAddress } from './list-own-addresses.ts'
export { setDefaultAddress } from './set-default-address.ts'
export { updateAddress } from './update-address.ts'
