import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField, FormSwitchField, FormTextareaField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import type { ProtocolSettings } from '#lib/clients/index.ts'
import { saveProtocolAction } from '#lib/web/clients/protocol-actions.ts'
import type { ProtocolCardsProps } from './protocol-cards.tsx'

const SWITCHES = ['requirePar', 'requireDpop', 'requireSignedRequest', 'deviceFlow'] as const

type Props = ProtocolCardsProps & { settings: ProtocolSettings }

/** What a client must use, how it proves itself, and where it hears of log-outs. */
export async function ProtocolCard({ client, settings }: Props) {
  const t = await getTranslations('protocol.settings')
  const common = await getTranslations('common')
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <NeedsPermission has={client.permissions} permission="clients.update">
          <ActionForm action={saveProtocolAction} fields={{ clientId: client.id }}>
            {SWITCHES.map((name) => (
              <FormSwitchField key={name} label={t(`${name}.label`)} hint={t(`${name}.hint`)} name={name} defaultChecked={settings[name]} />
            ))}
            {client.type === 'confidential' ? (
              <FormSelectField
                label={t('authMethod.label')}
                hint={t('authMethod.hint')}
                name="authMethod"
                defaultValue={settings.authMethod === 'private_key_jwt' ? 'private_key_jwt' : 'client_secret_basic'}
                options={[
                  { value: 'client_secret_basic', label: t('authMethod.secret') },
                  { value: 'private_key_jwt', label: t('authMethod.key') },
                ]}
              />
            ) : null}
            <FormTextareaField
              label={t('jwks.label')}
              hint={t('jwks.hint')}
              name="jwks"
              rows={5}
              spellCheck={false}
              autoComplete="off"
              placeholder={'{ "keys": [ … ] }'}
              defaultValue={settings.jwks ? JSON.stringify(settings.jwks, null, 2) : ''}
            />
            <FormTextField
              label={t('jwksUri.label')}
              hint={t('jwksUri.hint')}
              name="jwksUri"
              type="url"
              autoComplete="off"
              spellCheck={false}
              placeholder="https://app.example.com/jwks.json"
              defaultValue={settings.jwksUri ?? ''}
            />
            <FormTextField
              label={t('backchannelLogoutUri.label')}
              hint={t('backchannelLogoutUri.hint')}
              name="backchannelLogoutUri"
              type="url"
              autoComplete="off"
              spellCheck={false}
              placeholder="https://app.example.com/logout/backchannel"
              defaultValue={settings.backchannelLogoutUri ?? ''}
            />
            <FormActions>
              <SubmitButton>{common('save')}</SubmitButton>
            </FormActions>
          </ActionForm>
        </NeedsPermission>
      </CardBody>
    </Card>
  )
}
