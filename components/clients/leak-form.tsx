'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { FormStateProvider } from '#components/forms/action-form.tsx'
import { useSentState } from '#components/forms/sent-state.ts'
import { Alert } from '#components/ui/alert.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { FormError } from '#components/ui/form.tsx'
import type { LeakReport } from '#lib/clients/index.ts'
import { type FormAction, IDLE } from '#lib/web/form-state.ts'

export type LeakFormProps = { action: FormAction<LeakReport>; clientId: string; secretId: string; children: ReactNode }

/** The form of a leaked secret, and in its place what was done: that stays until the page is left. */
export function LeakForm({ action, clientId, secretId, children }: LeakFormProps) {
  const t = useTranslations('secrets.leak.done')
  const [state, formAction] = useSentState<LeakReport>(action, IDLE)
  const done = state.result
  if (done) {
    const actions = (
      <>
        <ButtonLink href={`/clients/${clientId}/secrets`}>{t('create')}</ButtonLink>
        <ButtonLink href={`/clients/${clientId}/requests`}>{t('requests')}</ButtonLink>
      </>
    )
    return (
      <Alert tone="success" role="status" title={t('title')} actions={actions}>
        <ul className="list-disc space-y-1 pl-5">
          <li>{t(done.wasRevoked ? 'before' : 'secret', { hint: done.hint })}</li>
          <li>{t('tokens', { count: done.tokens })}</li>
          <li>{t(done.disabled ? 'disabled' : 'enabled')}</li>
        </ul>
        <p className="pt-2">{t('next')}</p>
      </Alert>
    )
  }
  return (
    <FormStateProvider state={state}>
      <form action={formAction} className="space-y-4" noValidate>
        <input type="hidden" name="clientId" value={clientId} />
        <input type="hidden" name="secretId" value={secretId} />
        <FormError>{state.status === 'error' ? state.message : null}</FormError>
        {children}
      </form>
    </FormStateProvider>
  )
}
