import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormCheckboxField, FormTextareaField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { ClientProtocol } from '#lib/clients/index.ts'
import { saveExchangeSourcesAction, saveIntrospectorsAction } from '#lib/web/clients/protocol-actions.ts'
import type { ProtocolCardsProps } from './protocol-cards.tsx'

type Props = ProtocolCardsProps & { protocol: ClientProtocol }

/** Which other clients may do something with this one's tokens, and with whose tokens this one may. */
export async function PartnersCards({ client, protocol }: Props) {
  const [t, common] = await Promise.all([getTranslations('protocol.partners'), getTranslations('common')])
  const { introspectors, exchangeSources, siblings } = protocol
  const named = introspectors.filter(({ name }) => name)
  const sources = new Set(exchangeSources.map(({ id }) => id))
  return (
    <>
      <Card>
        <CardHeader title={t('introspection.title')} description={t('introspection.description')} />
        <CardBody>
          <NeedsPermission has={client.permissions} permission="clients.update">
            <ActionForm action={saveIntrospectorsAction} fields={{ clientId: client.id }}>
              <FormTextareaField
                label={t('introspection.label')}
                hint={
                  named.length > 0 ? t('introspection.named', { names: named.map(({ name }) => name).join(', ') }) : t('introspection.hint')
                }
                name="partnerIds"
                rows={3}
                spellCheck={false}
                autoComplete="off"
                defaultValue={introspectors.map(({ id }) => id).join('\n')}
              />
              <FormActions>
                <SubmitButton>{common('save')}</SubmitButton>
              </FormActions>
            </ActionForm>
          </NeedsPermission>
        </CardBody>
      </Card>
      {client.type === 'confidential' ? (
        <Card>
          <CardHeader title={t('exchange.title')} description={t('exchange.description')} />
          <CardBody>
            {siblings.length === 0 ? (
              <p className="text-muted">{t('exchange.none')}</p>
            ) : (
              <NeedsPermission has={client.permissions} permission="clients.update">
                <ActionForm action={saveExchangeSourcesAction} fields={{ clientId: client.id }}>
                  <fieldset className="space-y-3">
                    <legend className="mb-2 font-medium">{t('exchange.label')}</legend>
                    {siblings.map(({ id, name }) => (
                      <FormCheckboxField
                        key={id}
                        label={name}
                        hint={id}
                        name="subjectClientIds"
                        value={id}
                        defaultChecked={sources.has(id)}
                      />
                    ))}
                  </fieldset>
                  <FormActions>
                    <SubmitButton>{common('save')}</SubmitButton>
                  </FormActions>
                </ActionForm>
              </NeedsPermission>
            )}
          </CardBody>
        </Card>
      ) : null}
    </>
  )
}
