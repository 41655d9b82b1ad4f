import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { CONTROL, describe, type FieldCommon, FieldFrame, FieldNotes, firstError } from './field-parts.tsx'

export type { FieldCommon, FieldError } from './field-parts.tsx'

type Native<Tag extends 'input' | 'select' | 'textarea'> = Omit<ComponentProps<Tag>, 'className'>

export type TextFieldProps = Native<'input'> & FieldCommon & { optional?: string }

/** One line of text (also email, password, number, date …) with its label, hint and error. */
export function TextField({ label, hint, error, aside, optional, className, id: givenId, type = 'text', ...props }: TextFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  const message = firstError(error)
  return (
    <FieldFrame id={id} label={label} hint={hint} error={message} aside={aside} optional={optional} className={className}>
      <input {...props} {...describe(id, hint, message, props.required)} id={id} type={type} className={clsx(CONTROL, 'h-9 touch:h-11')} />
    </FieldFrame>
  )
}

export type FileFieldProps = Omit<Native<'input'>, 'type'> & FieldCommon

/** A file to send. The browser's own control: works without JavaScript, by keyboard, and names what was chosen. */
export function FileField({ label, hint, error, aside, className, id: givenId, ...props }: FileFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  const message = firstError(error)
  return (
    <FieldFrame id={id} label={label} hint={hint} error={message} aside={aside} className={className}>
      <input
        {...props}
        {...describe(id, hint, message, undefined)}
        id={id}
        type="file"
        className="block w-full min-w-0 rounded-md text-muted file:mr-3 file:h-9 file:rounded-md file:border file:border-line-strong/60 file:bg-surface file:px-4 file:font-medium file:text-ink hover:file:bg-hover touch:file:h-11"
      />
    </FieldFrame>
  )
}

export type TextareaFieldProps = Native<'textarea'> & FieldCommon & { optional?: string }

/** Several lines of text. */
export function TextareaField({ label, hint, error, aside, optional, className, id: givenId, rows = 4, ...props }: TextareaFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  const message = firstError(error)
  return (
    <FieldFrame id={id} label={label} hint={hint} error={message} aside={aside} optional={optional} className={className}>
      <textarea {...props} {...describe(id, hint, message, props.required)} id={id} rows={rows} className={clsx(CONTROL, 'py-2')} />
    </FieldFrame>
  )
}

export type SelectOption = { value: string; label: string; disabled?: boolean }
export type SelectFieldProps = Native<'select'> & FieldCommon & { options: readonly SelectOption[]; optional?: string }

/** A choice from a list. The browser's own select: works without JavaScript and is at home on every phone. */
export function SelectField({ label, hint, error, aside, optional, className, id: givenId, options, ...props }: SelectFieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  const message = firstError(error)
  return (
    <FieldFrame id={id} label={label} hint={hint} error={message} aside={aside} optional={optional} className={className}>
      <div className="relative">
        <select
          {...props}
          {...describe(id, hint, message, props.required)}
          id={id}
          className={clsx(CONTROL, 'h-9 appearance-none pr-9 touch:h-11')}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted" />
      </div>
    </FieldFrame>
  )
}

export type CheckboxFieldProps = Omit<Native<'input'>, 'type'> & Omit<FieldCommon, 'aside'>

/** A tick box with its label at the right. The whole line is the target. */
export function CheckboxField(props: CheckboxFieldProps) {
  return <Toggle {...props} kind="checkbox" />
}

/** The same as a tick box, drawn as a switch: for settings such as "Allow login". */
export function SwitchField(props: CheckboxFieldProps) {
  return <Toggle {...props} kind="switch" />
}

/** One of several: give the same `name` to each and put them in a `<fieldset>` with a legend. */
export function RadioField(props: CheckboxFieldProps) {
  return <Toggle {...props} kind="radio" />
}

const TOGGLES = {
  checkbox: 'size-4 rounded-sm',
  radio: 'size-4 rounded-full',
  switch:
    'h-5 w-9 rounded-full bg-sunken before:block before:size-3 before:translate-x-[3px] before:rounded-full before:bg-line-strong before:transition-transform checked:before:translate-x-[19px] checked:before:bg-accent-ink',
} as const

function Toggle({ kind, label, hint, error, className, id: givenId, ...props }: CheckboxFieldProps & { kind: keyof typeof TOGGLES }) {
  const ownId = useId()
  const id = givenId ?? ownId
  const message = firstError(error)
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <div className="relative flex items-start gap-2.5 touch:min-h-11 touch:items-center">
        <input
          {...props}
          {...describe(id, hint, message, props.required)}
          // A switch announces on and off instead of ticked.
          role={kind === 'switch' ? 'switch' : undefined}
          type={kind === 'radio' ? 'radio' : 'checkbox'}
          id={id}
          className={clsx(
            // Above the label's area, so that what points at the box meets the box.
            'peer relative z-10 mt-[3px] grid shrink-0 appearance-none items-center border border-line-strong bg-surface transition-colors touch:mt-0',
            'checked:border-accent checked:bg-accent disabled:opacity-55 aria-invalid:border-danger-text forced-colors:appearance-auto',
            kind !== 'switch' && 'toggle-mark',
            TOGGLES[kind],
          )}
        />
        <label htmlFor={id} className="min-w-0 flex-1 after:absolute after:inset-0 peer-disabled:text-muted">
          {label}
        </label>
      </div>
      {message || hint ? (
        <div className={clsx('touch:-mt-2', kind === 'switch' ? 'pl-11.5' : 'pl-6.5')}>
          <FieldNotes id={id} hint={hint} error={message} />
        </div>
      ) : null}
    </div>
  )
}
