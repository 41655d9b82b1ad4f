'use client'

import {
  CheckboxField,
  type CheckboxFieldProps,
  RadioField,
  SelectField,
  type SelectFieldProps,
  SwitchField,
  TextareaField,
  type TextareaFieldProps,
  TextField,
  type TextFieldProps,
} from '#components/ui/field.tsx'
import { useFormState } from './action-form.tsx'

function useField(name: string | undefined, given: unknown): { error: string | undefined; value: string | undefined; stamp: number } {
  const { status, fields, values, stamp } = useFormState()
  const typed = name ? values?.[name] : undefined
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

function useChoice({ name, value = 'on', defaultChecked = false }: CheckboxFieldProps): { checked: boolean; stamp: number } {
  const { values, stamp } = useFormState()
  // What is not ticked is not sent: where what was typed is kept, absence says "not ticked".
  const typed = values && name ? [values[name] ?? []].flat() : undefined
  return { checked: typed ? typed.includes(String(value)) : defaultChecked, stamp }
}

/** {@link SwitchField} in an ActionForm: keeps what was chosen. */
export function FormSwitchField(props: CheckboxFieldProps) {
  const { checked, stamp } = useChoice(props)
  return <SwitchField key={stamp} {...props} defaultChecked={checked} />
}

/** {@link CheckboxField} in an ActionForm. */
export function FormCheckboxField(props: CheckboxFieldProps) {
  const { checked, stamp } = useChoice(props)
  return <CheckboxField key={stamp} {...props} defaultChecked={checked} />
}

/** {@link RadioField} in an ActionForm. */
export function FormRadioField(props: CheckboxFieldProps) {
  const { checked, stamp } = useChoice(props)
  return <RadioField key={stamp} {...props} defaultChecked={checked} />
}
