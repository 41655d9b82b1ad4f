import Form from 'next/form'
import { getTranslations } from 'next-intl/server'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { CheckboxField, SelectField, TextField } from '#components/ui/field.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { TextLink } from '#components/ui/link.tsx'
import type { ClientDetail } from '#lib/clients/index.ts'
import { OTHER_SECRETS } from '#lib/explain/schemas.ts'
import type { PreviewOfPage } from '#lib/web/requests/preview-data.ts'

type Secret = ClientDetail['secrets'][number]

/** Describes a request that nobody made. A plain form: what it answers is an address to keep. */
export async function PreviewForm({
  client,
  page: { imagined, wrong },
  hidden,
}: {
  client: ClientDetail
  page: PreviewOfPage
  hidden: Record<string, string>
}) {
  const t = await getTranslations('explain.form')
  const error = (name: string) => (wrong.includes(name) ? t(`fields.${name}`) : undefined)
  const nameOf = ({ mode, hint, label, state }: Secret) => {
    const name = t('secretOf', { mode: t(`modes.${mode}`), hint, label: label ? ` · ${label}` : '' })
    return state === 'revoked' || state === 'expired' ? t('dead', { name }) : name
  }
  const text = { autoComplete: 'off', spellCheck: false } as const
  return (
    <Card>
      <CardHeader
        title={client.name}
        description={<code className="font-mono text-xs">{client.id}</code>}
        actions={
          <TextLink href={`/requests/explain${hidden.team ? `?team=${encodeURIComponent(hidden.team)}` : ''}`}>{t('change')}</TextLink>
        }
      />
      <CardBody>
        <Form key={JSON.stringify(imagined)} action="/requests/explain" scroll={false} className="space-y-4">
          {Object.entries({ ...hidden, client: client.id }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              label={t('use')}
              name="use"
              defaultValue={imagined.use}
              options={(['api', 'login'] as const).map((value) => ({ value, label: t(`uses.${value}`) }))}
            />
            <SelectField
              label={t('secret')}
              name="secret"
              defaultValue={imagined.secret}
              options={[
                ...client.secrets.map((secret) => ({ value: secret.id, label: nameOf(secret) })),
                ...OTHER_SECRETS.map((value) => ({ value, label: t(`secrets.${value}`) })),
              ]}
            />
            <TextField
              label={t('domain')}
              name="domain"
              defaultValue={imagined.domain}
              hint={t('domainHint')}
              error={error('domain')}
              list="explain-domains"
              {...text}
            />
            <datalist id="explain-domains">
              {client.domains.map(({ id, host }) => (
                <option key={id} value={host} />
              ))}
            </datalist>
            <TextField label={t('ip')} name="ip" defaultValue={imagined.ip} error={error('ip')} {...text} />
            <TextField label={t('at')} name="at" type="datetime-local" defaultValue={imagined.at} hint={t('atHint')} error={error('at')} />
            <div className="flex flex-col justify-center gap-2">
              <CheckboxField label={t('secure')} name="secure" defaultChecked={imagined.secure} />
              <CheckboxField label={t('browser')} name="browser" defaultChecked={imagined.browser} />
            </div>
          </div>
          <FormActions>
            <SubmitButton>{t('submit')}</SubmitButton>
          </FormActions>
        </Form>
      </CardBody>
    </Card>
  )
}
