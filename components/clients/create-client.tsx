'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { useInitialState } from '#components/shell/draft.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { RadioField, TextField } from '#components/ui/field.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import type { CreatedClientResult } from '#lib/web/clients/client-actions.ts'
import type { FormAction, FormState } from '#lib/web/form-state.ts'
import { CreatedClient } from './created-client.tsx'
import { useForgetOnReturn } from './use-forget-on-return.ts'

const KINDS = ['web', 'spa', 'native'] as const

/** The form with its one field, and in its place, once, what came of it. */
export function CreateClient({ action, teamId, intro }: { action: FormAction<CreatedClientResult>; teamId: string; intro: string }) {
  const t = useTranslations('quickstart.form')
  const [state, formAction] = useActionState<FormState<CreatedClientResult>, FormData>(action, useInitialState('create'))
  useForgetOnReturn(state.result !== undefined)
  if (state.result) return <CreatedClient client={state.result} />

  const kind = typeof state.values?.kind === 'string' ? state.values.kind : 'web'
  return (
    <Card className="max-w-2xl">
      <CardBody>
        <form action={formAction} className="space-y-5" noValidate>
          <input type="hidden" name="_form" value="create" />
          <input type="hidden" name="teamId" value={teamId} />
          <p className="text-muted">{intro}</p>
          <FormError>{state.fields ? null : state.message}</FormError>
          <TextField
            label={t('name')}
            hint={t('nameHint')}
            name="name"
            required
            maxLength={400}
            autoComplete="off"
            error={state.fields?.name}
            defaultValue={typeof state.values?.name === 'string' ? state.values.name : undefined}
          />
          <details open={kind !== 'web'}>
            <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-ink touch:py-2">{t('kind')}</summary>
            <fieldset className="mt-3 space-y-3">
              <legend className="sr-only">{t('kind')}</legend>
              {KINDS.map((one) => (
                <RadioField
                  key={one}
                  name="kind"
                  value={one}
                  defaultChecked={one === kind}
                  label={t(`kinds.${one}.label`)}
                  hint={t(`kinds.${one}.hint`)}
                />
              ))}
            </fieldset>
          </details>
          <FormActions>
            <SubmitButton>{t('submit')}</SubmitButton>
          </FormActions>
        </form>
      </CardBody>
    </Card>
  )
}
