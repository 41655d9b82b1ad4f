'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { FormStateProvider } from '#components/forms/action-form.tsx'
import { useSentState } from '#components/forms/sent-state.ts'
import { formKey, useInitialState } from '#components/shell/draft.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { FormError } from '#components/ui/form.tsx'
import type { NewSecretResult } from '#lib/web/clients/secret-actions.ts'
import type { SnippetValues } from '#lib/web/clients/snippet-values.ts'
import type { FormAction } from '#lib/web/form-state.ts'
import { envSnippet } from './env-snippet.ts'
import { useForgetOnReturn } from './use-forget-on-return.ts'

/**
 * A form that makes a secret, and in its place, once, the secret. It is in the answer to the form only: a reload, or coming back, shows
 * the form. `back` is where the secrets are listed.
 */
export function NewSecret({
  action,
  fields,
  back,
  values,
  children,
}: {
  action: FormAction<NewSecretResult>
  fields: Record<string, string>
  back: string
  /** The client's own, for its `.env` file. */
  values: SnippetValues
  children: ReactNode
}) {
  const t = useTranslations('secrets.once')
  const key = formKey(undefined, fields)
  const [state, formAction] = useSentState<NewSecretResult>(action, useInitialState(key))
  useForgetOnReturn(state.result !== undefined)
  const made = state.result
  if (made) {
    return (
      <div className="space-y-4">
        <CopyField label={t('clientId')} value={values.id} />
        <CopyField
          label={t('clientSecret')}
          value={made.value}
          note={<Badge tone={made.mode === 'live' ? 'info' : 'neutral'}>{t(made.mode)}</Badge>}
        />
        <Alert tone="warning" role="status">
          {t('warning')}
        </Alert>
        <div className="flex flex-wrap gap-2">
          <CopyButton size="md" value={envSnippet({ ...values, secret: made.value })}>
            {t('copyEnv')}
          </CopyButton>
          {/* A plain link, not the router's: it may lead to this very page, which only loading anew makes forget the secret. */}
          <a href={back} className={buttonClass('primary')}>
            {t('done')}
          </a>
        </div>
      </div>
    )
  }
  return (
    <FormStateProvider state={state}>
      <form action={formAction} className="space-y-5" noValidate>
        <input type="hidden" name="_form" value={key} />
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <FormError>{state.status === 'error' ? state.message : null}</FormError>
        {children}
      </form>
    </FormStateProvider>
  )
}
