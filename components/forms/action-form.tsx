'use client'

import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'
import { formKey, useInitialState } from '#components/shell/draft.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { FormError } from '#components/ui/form.tsx'
import { useToast } from '#components/ui/toast.tsx'
import { type FormAction, type FormState, IDLE } from '#lib/web/form-state.ts'
import { useSentState } from './sent-state.ts'

const StateContext = createContext<FormState>(IDLE)

/** For forms that are not an ActionForm: lets the fields of form-fields.tsx see their state. */
export function FormStateProvider({ state, children }: { state: FormState; children: ReactNode }) {
  return <StateContext value={state}>{children}</StateContext>
}

/** The state of the form around: errors and what was typed. */
export function useFormState(): FormState {
  return useContext(StateContext)
}

/**
 * A form on a Server Action: keeps what was typed when it is refused, says why at its top and at each field, and shows good news as a
 * toast. Works without JavaScript: then the answer is the page itself. Inside a popover it closes it when the work is done. When the session had
 * ended, the person logs in and finds what was typed in it again; where no answer comes, it says so and has it still.
 */
export function ActionForm<Result>({
  action,
  name,
  fields,
  className = 'space-y-4',
  children,
}: {
  action: FormAction<Result>
  /** Tells it from other forms of the page with the same hidden fields, when what was typed is put back after a new log-in. */
  name?: string
  /** Hidden: ids. */
  fields?: Record<string, string>
  className?: string
  children: ReactNode
}) {
  const key = formKey(name, fields)
  const toast = useToast()
  const form = useRef<HTMLFormElement>(null)
  const told = useRef(0)
  const tell = ({ status, message, stamp }: FormState<Result>) => {
    if (status !== 'ok' || told.current === stamp) return
    told.current = stamp
    // First the question goes, then the news comes.
    form.current?.closest<HTMLElement>('[popover]')?.hidePopover()
    if (message) toast(message)
  }
  // Told as soon as the answer is there: what was changed may take the form with it, which then shows nothing any more.
  const [state, formAction] = useSentState<Result>(action, useInitialState<Result>(key), tell)

  // An answer to a form that was sent before the page was alive.
  useEffect(() => tell(state))

  return (
    <StateContext value={state}>
      <form ref={form} action={formAction} className={className} noValidate>
        <input type="hidden" name="_form" value={key} />
        {Object.entries(fields ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <FormError>{state.status === 'error' ? state.message : null}</FormError>
        {state.status === 'ok' && state.message ? (
          // In place of the toast, which is a script.
          <noscript>
            <Alert tone="success" role="status">
              {state.message}
            </Alert>
          </noscript>
        ) : null}
        {children}
      </form>
    </StateContext>
  )
}
