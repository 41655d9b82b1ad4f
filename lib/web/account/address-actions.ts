'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { createAddress, deleteAddress, setDefaultAddress, updateAddress } from '#lib/addresses/index.ts'
import type { AddressInput } from '#lib/addresses/schemas.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'
import { ADDRESS_FIELDS } from './address-fields.ts'

const OWN = { self: true } as const
const LIST = '/account/addresses'

/** What the form has, under the names of the API. */
function addressOf(text: (name: string) => string): AddressInput {
  const entries = ADDRESS_FIELDS.map((name) => [name, text(`address.${name}`)] as const)
  return Object.fromEntries(entries) as AddressInput
}

/** Addresses: one more, or changes of one. */
export async function saveAddressAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const address = addressOf(text)
      const id = text('addressId')
      if (id) await updateAddress({ ctx, input: { of: OWN, address_id: Number(id), address } })
      else await createAddress({ ctx, input: { of: OWN, address } })
      revalidatePath(LIST)
      redirect(LIST)
    },
    'account',
  )
}

/** Addresses: delete one. */
export async function deleteAddressAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await deleteAddress({ ctx, input: { of: OWN, address_id: Number(text('addressId')) } })
      revalidatePath(LIST)
      return { notice: 'addressDeleted' }
    },
    'account',
  )
}

/** Addresses: which one apps are told. */
export async function defaultAddressAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await setDefaultAddress({ ctx, input: { address_id: Number(text('addressId')) } })
      revalidatePath(LIST)
      return { notice: 'addressDefault' }
    },
    'account',
  )
}
