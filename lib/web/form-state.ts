/** What a Server Action tells its form. Texts are in the person's language; `values` is what was typed, so that nothing is lost. */
export type FormState<Result = unknown> = {
  status: 'idle' | 'error' | 'ok'
  /** About the form as a whole. */
  message?: string
  /** Per field, by the name of its control. */
  fields?: Record<string, string>
  values?: Record<string, string | string[]>
  result?: Result
  /** Differs from answer to answer, so that a form notices the same one twice. */
  stamp: number
}

/** A form that was not sent yet. */
export const IDLE: FormState<never> = { status: 'idle', stamp: 0 }

/** What `useActionState` takes. */
export type FormAction<Result = unknown> = (state: FormState<Result>, data: FormData) => Promise<FormState<Result>>
