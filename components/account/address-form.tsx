import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField, FormTextField } from '#components/forms/form-fields.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { OwnAddress } from '#lib/addresses/index.ts'
import { ADDRESS_TYPES } from '#lib/addresses/schemas.ts'
import { saveAddressAction } from '#lib/web/account/address-actions.ts'
import type { ADDRESS_FIELDS } from '#lib/web/account/address-fields.ts'

type Field = Exclude<(typeof ADDRESS_FIELDS)[number], 'type' | 'country'>

/** Required ones first, each with what browsers fill it by. */
const MAIN: readonly [Field, string][] = [
  ['street', 'address-line1'],
  ['house_number', 'off'],
  ['postal_code', 'postal-code'],
  ['city', 'address-level2'],
]
const MORE: readonly [Field, string][] = [
  ['name', 'name'],
  ['company_name', 'organization'],
  ['firstname', 'given-name'],
  ['lastname', 'family-name'],
  ['phone', 'tel'],
  ['email', 'email'],
  ['tax_nr', 'off'],
  ['registration_nr', 'off'],
  ['access_code', 'off'],
]
const REQUIRED: readonly Field[] = ['street', 'postal_code', 'city']

export type AddressFormProps = { address?: OwnAddress; countries: readonly { value: string; label: string }[]; home: string | null }

/** A new address, or changes of one. `home`: the country to begin with. */
export async function AddressForm({ address, countries, home }: AddressFormProps) {
  const [t, common] = await Promise.all([getTranslations('account.addresses'), getTranslations('common')])
  const field = ([name, autoComplete]: readonly [Field, string]) => (
    <FormTextField
      key={name}
      label={t(`fields.${name}`)}
      optional={REQUIRED.includes(name) ? undefined : common('optional')}
      name={`address.${name}`}
      autoComplete={autoComplete}
      defaultValue={address?.[name] ?? ''}
      required={REQUIRED.includes(name)}
    />
  )
  return (
    <ActionForm action={saveAddressAction} fields={address ? { addressId: String(address.id) } : {}} className="space-y-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormSelectField
          className="sm:col-span-2 sm:max-w-xs"
          label={t('fields.type')}
          name="address.type"
          defaultValue={address?.type ?? 'standard'}
          options={ADDRESS_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
        />
        {MAIN.map(field)}
        <FormSelectField
          className="sm:col-span-2 sm:max-w-xs"
          label={t('fields.country')}
          name="address.country"
          autoComplete="country"
          defaultValue={address?.country.short_name ?? home ?? ''}
          options={[{ value: '', label: t('chooseCountry') }, ...countries]}
          required
        />
        {MORE.map(field)}
      </div>
      <FormActions>
        <SubmitButton>{t(address ? 'save' : 'add')}</SubmitButton>
        <ButtonLink href="/account/addresses">{common('cancel')}</ButtonLink>
      </FormActions>
    </ActionForm>
  )
}
