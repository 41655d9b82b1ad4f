import * as z from 'zod'
import { createAddress, deleteAddress, listAddresses, updateAddress } from '#lib/addresses/index.ts'
import { addressChange, addressId, addressInput } from '#lib/addresses/schemas.ts'
import { gatedEndpoint } from '../endpoint.ts'
import { addressSchema, subInput } from '../person-schemas.ts'

const ACTIONS = ['list', 'create', 'update', 'delete'] as const

const id = z.union(
  [
    addressId,
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number)
      .pipe(addressId),
  ],
  {
    error: (issue) => (issue.input === undefined ? 'Required' : 'must be the number of an address'),
  },
)

const body = z.discriminatedUnion(
  'action',
  [
    z.object({ action: z.literal('list'), sub: subInput }).meta({ id: 'ListAddresses' }),
    z.object({ action: z.literal('create'), sub: subInput, address: addressInput }).meta({ id: 'CreateAddress' }),
    z.object({ action: z.literal('update'), sub: subInput, address_id: id, address: addressChange }).meta({ id: 'UpdateAddress' }),
    z.object({ action: z.literal('delete'), sub: subInput, address_id: id }).meta({ id: 'DeleteAddress' }),
  ],
  { error: (issue) => actionError(issue.input) },
)

function actionError(sent: unknown): string {
  const absent = typeof sent === 'object' && sent !== null && !('action' in sent)
  return absent ? 'Required' : `one of ${ACTIONS.join(', ')}`
}

/** Reads and changes the addresses of one connected person. */
export const userAddress = gatedEndpoint({
  method: 'POST',
  path: '/user/address',
  use: 'api',
  scope: 'useraddresses',
  summary: 'List, create, update or delete addresses of one connected person',
  description:
    '`create` needs `address`, `update` `address_id` and the members that change, `delete` `address_id`. `list` answers `addresses`, the others `address`.',
  body,
  data: z.object({ address: addressSchema.optional(), addresses: z.array(addressSchema).optional() }),
  run: async ({ ctx, reach }, { body }) => {
    const of = { reach, sub: body.sub }
    if (body.action === 'list') return { message: 'The addresses.', data: { addresses: await listAddresses({ ctx, input: { of } }) } }
    if (body.action === 'create')
      return { message: 'The address was created.', data: { address: await createAddress({ ctx, input: { of, ...body } }) } }
    if (body.action === 'update')
      return { message: 'The address was updated.', data: { address: await updateAddress({ ctx, input: { of, ...body } }) } }
    return { message: 'The address was deleted.', data: { address: await deleteAddress({ ctx, input: { of, ...body } }) } }
  },
})
