'use client'

import {
  SelectField,
  type SelectFieldProps,
  TextareaField,
  type TextareaFieldProps,
  TextField,
  type TextFieldProps,
} from '#components/ui/field.tsx'
import { useFormState } from './action-form.tsx'

function useField(name: string | undefined, given: unknown): { error: string | undefined; value: string | undefined; stamp: number } {
  const { status, fields, values, stamp } = useFormState()
  const typed = status === 'error' && name ? values?.[name] : undefined
  return {
    error: status === 'error' && name ? fields?.[name] : undefined,
    value: typeof typed === 'string' ? typed : typeof given === 'string' ? given : undefined,
    stamp,
  }
}

/** {@link TextField} in an ActionForm: shows its error, and what was typed before. */
export function FormTextField(props: TextFieldProps) {
  const { error, value } = useField(props.name, props.defaultValue)
  return <TextField {...props} error={error} defaultValue={value} />
}

/** {@link TextareaField} in an ActionForm. */
export function FormTextareaField(props: TextareaFieldProps) {
  const { error, value } = useField(props.name, props.defaultValue)
  return <TextareaField {...props} error={error} defaultValue={value} />
}

/** {@link SelectField} in an ActionForm. */
export function FormSelectField(props: SelectFieldProps) {
  const { error, value, stamp } = useField(props.name, props.defaultValue)
  // React resets a form after its action, but a select only to what it was made with: so it is made anew.
  return <SelectField key={stamp} {...props} error={error} defaultValue={value} />
}
