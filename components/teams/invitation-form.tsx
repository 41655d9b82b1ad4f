'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { FormStateProvider } from '#components/forms/action-form.tsx'
import { useSentState } from '#components/forms/sent-state.ts'
import { formKey, useInitialState } from '#components/shell/draft.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { CopyField } from '#components/ui/copy-field.tsx'
import { FormError } from '#components/ui/form.tsx'
import { useToast } from '#components/ui/toast.tsx'
import type { FormAction } from '#lib/web/form-state.ts'
import type { InvitationResult } from '#lib/web/teams/member-actions.ts'

/**
 * A form that sends an invitation. Where no mail is sent, its answer holds the link, once, for the inviter to pass on; else a message says that it went.
 * `again`: what stands below that message.
 */
export function InvitationForm({
  action,
  fields,
  again,
  children,
}: {
  action: FormAction<InvitationResult>
  fields: Record<string, string>
  again?: ReactNode
  children: ReactNode
}) {
  const t = useTranslations('teams.sent')
  const key = formKey(undefined, fields)
  const [state, formAction] = useSentState<InvitationResult>(action, useInitialState(key))
  const toast = useToast()
  const heard = useRef(0)
  const sent = state.status === 'ok' ? state.result : undefined

  useEffect(() => {
    if (!sent || again || sent.link || heard.current === state.stamp) return
    heard.current = state.stamp
    if (state.message) toast(state.message)
  }, [sent, again, state, toast])

  if (sent && (again || sent.link)) {
    return (
      <div className="space-y-4 whitespace-normal">
        <Alert tone={sent.link ? 'warning' : 'success'} role="status">
          {sent.link ? t('noMail', { email: sent.email }) : state.message}
        </Alert>
        {sent.link ? <CopyField label={t('link')} value={sent.link} /> : null}
        {again}
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
