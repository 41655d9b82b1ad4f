import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { Confirm } from '#components/forms/confirm.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardFooter } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/form.tsx'
import type { OwnAddress } from '#lib/addresses/index.ts'
import { defaultAddressAction, deleteAddressAction } from '#lib/web/account/address-actions.ts'

/** One address, as it would stand on an envelope, with what can be done about it. */
export async function AddressCard({ address }: { address: OwnAddress }) {
  const [t, common] = await Promise.all([getTranslations('account.addresses'), getTranslations('common')])
  const { id, street, house_number, postal_code, city, country } = address
  const fields = { addressId: String(id) }
  const place = `${[street, house_number].filter(Boolean).join(' ')}, ${city}`
  const lines = [
    address.company_name,
    address.name ?? ([address.firstname, address.lastname].filter(Boolean).join(' ') || null),
    [street, house_number].filter(Boolean).join(' '),
    `${postal_code} ${city}`,
    country.name,
  ]
  return (
    <Card as="li" className="flex flex-col">
      <CardBody className="flex-1 space-y-2">
        <p className="flex flex-wrap gap-2">
          <Badge>{t(`types.${address.type}`)}</Badge>
          {address.isDefault ? <Badge tone="success">{t('default')}</Badge> : null}
        </p>
        <p className="[overflow-wrap:anywhere]">
          {lines.filter(Boolean).map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </p>
      </CardBody>
      <CardFooter>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href={`/account/addresses/${id}`} size="sm" aria-label={t('editNamed', { place })}>
            {t('edit')}
          </ButtonLink>
          <Confirm
            id={`delete-address-${id}`}
            trigger={
              <>
                {t('delete')}
                <span className="sr-only">: {place}</span>
              </>
            }
            title={t('deleteQuestion')}
            confirm={t('delete')}
            cancel={common('cancel')}
            action={deleteAddressAction}
            fields={fields}
          >
            <p>{t('deleteText', { place })}</p>
          </Confirm>
        </div>
        {address.isDefault ? null : (
          <ActionForm action={defaultAddressAction} fields={fields}>
            <SubmitButton variant="ghost" size="sm" aria-label={t('makeDefaultNamed', { place })}>
              {t('makeDefault')}
            </SubmitButton>
          </ActionForm>
        )}
      </CardFooter>
    </Card>
  )
}
