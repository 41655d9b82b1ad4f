'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useSentState } from '#components/forms/sent-state.ts'
import { useInitialState } from '#components/shell/draft.tsx'
import { Card, CardBody } from '#components/ui/card.tsx'
import { RadioField, TextField } from '#components/ui/field.tsx'
import { FormActions, FormError, SubmitButton } from '#components/ui/form.tsx'
import type { CreatedClientResult } from '#lib/web/clients/client-actions.ts'
import type { FormAction } from '#lib/web/form-state.ts'
import { CreatedClient } from './created-client.tsx'
import { useForgetOnReturn } from './use-forget-on-return.ts'

const KINDS = ['web', 'spa', 'native', 'machine'] as const

export type CreateClientProps = {
  action: FormAction<CreatedClientResult>
  teamId: string
  intro: string
  /** Of this showing of the form: sent twice, it makes one client. */
  formId: string
}

/** The form with its one field, and in its place, once, what came of it. */
export function CreateClient({ action, teamId, intro, formId: given }: CreateClientProps) {
  const t = useTranslations('quickstart.form')
  const [state, formAction] = useSentState<CreatedClientResult>(action, useInitialState('create'))
  const [formId, setFormId] = useState(given)
  // The router may show a page that it kept, whose id has made its client: each showing has its own.
  useEffect(() => setFormId(Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')), [])
  useForgetOnReturn(state.result !== undefined)
  if (state.result) return <CreatedClient client={state.result} />

  const kind = typeof state.values?.kind === 'string' ? state.values.kind : 'web'
  return (
    <Card className="max-w-2xl">
      <CardBody>
        <form action={formAction} className="space-y-5" noValidate>
          <input type="hidden" name="_form" value="create" />
          <input type="hidden" name="formId" value={formId} />
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
          <fieldset className="space-y-3">
            <legend className="mb-2 font-medium">{t('kind')}</legend>
            {KINDS.map((one) => (
              <RadioField
                // React resets a form after its action, but a choice only to what it was made with.
                key={`${one} ${state.stamp}`}
                name="kind"
                value={one}
                defaultChecked={one === kind}
                label={t(`kinds.${one}.label`)}
                hint={t(`kinds.${one}.hint`)}
              />
            ))}
          </fieldset>
          <FormActions>
            <SubmitButton>{t('submit')}</SubmitButton>
          </FormActions>
        </form>
      </CardBody>
    </Card>
  )
}
