import { type ReactNode, useId } from 'react'
import { CopyButton } from './copy-button.tsx'

/** A value to take away (an id, a secret, a URI) as selectable text, with a button "Copy". */
export function CopyField({
  label,
  value,
  hint,
  note,
}: {
  label: string
  value: string
  hint?: ReactNode
  /** Beside the label: a badge, for example. */
  note?: ReactNode
}) {
  const id = useId()
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <span id={id} className="font-medium">
          {label}
        </span>
        {note}
      </div>
      <div className="flex min-w-0 flex-wrap items-stretch gap-2">
        <code className="min-w-0 flex-1 basis-40 rounded-md border border-line bg-sunken px-3 py-1.5 font-mono text-[0.8125rem] leading-[1.2rem] break-all select-all touch:py-3">
          {value}
        </code>
        <CopyButton value={value} describedBy={id} />
      </div>
      {hint ? <p className="text-[0.8125rem] leading-5 text-muted">{hint}</p> : null}
    </fieldset>
  )
}
