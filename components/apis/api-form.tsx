import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/forms/action-form.tsx'
import { FormSelectField, FormTextareaField, FormTextField } from '#components/forms/form-fields.tsx'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { RESOURCE_BOUNDS, type ResourceServerDto } from '#lib/resources/index.ts'
import type { Permission } from '#lib/teams/index.ts'
import { saveApiAction } from '#lib/web/apis/api-actions.ts'

export type ApiFormProps = { teamId: string; permissions: readonly Permission[]; api?: ResourceServerDto }

/** Adds an API, or changes `api`. */
export async function ApiForm({ teamId, permissions, api }: ApiFormProps) {
  const [t, common] = await Promise.all([getTranslations('apis.fields'), getTranslations('common')])
  const add = await getTranslations('apis.add')
  const { min, opaque, jwt, standard } = RESOURCE_BOUNDS
  return (
    <NeedsPermission has={permissions} permission="clients.update">
      <ActionForm action={saveApiAction} fields={{ teamId, ...(api ? { id: api.id } : {}) }}>
        <div className="grid gap-5 sm:grid-cols-2">
          <FormTextField label={t('name')} name="name" required maxLength={100} autoComplete="off" defaultValue={api?.name ?? ''} />
          <FormTextField
            label={t('identifier')}
            hint={t('identifierHint')}
            name="identifier"
            required
            autoComplete="off"
            spellCheck={false}
            placeholder="https://api.example.com"
            defaultValue={api?.identifier ?? ''}
          />
          <FormSelectField
            label={t('format')}
            hint={t('formatHint')}
            name="tokenFormat"
            defaultValue={api?.tokenFormat ?? 'opaque'}
            options={[
              { value: 'opaque', label: t('opaque') },
              { value: 'jwt', label: t('jwt') },
            ]}
          />
          <FormTextField
            label={t('lifetime')}
            hint={t('lifetimeHint', { min: min / 60, opaque: opaque / 60, jwt: jwt / 60 })}
            name="accessTokenTtl"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={String((api?.accessTokenTtl ?? standard) / 60)}
          />
        </div>
        <FormTextareaField
          label={t('scopes')}
          hint={t('scopesHint')}
          name="scopes"
          rows={3}
          autoComplete="off"
          spellCheck={false}
          defaultValue={api?.scopes.join('\n') ?? ''}
        />
        <FormActions>
          <SubmitButton>{api ? common('save') : add('submit')}</SubmitButton>
        </FormActions>
      </ActionForm>
    </NeedsPermission>
  )
}
