'use client'

import { useState } from 'react'
import { useFormState } from '#components/forms/action-form.tsx'
import { FileField, type FileFieldProps } from '#components/ui/field.tsx'

/** {@link FileField} in an ActionForm. Says at once when the file is larger than `maxBytes`, and lets go of it; the verb decides. */
export function FormFileField({ maxBytes, tooLarge, ...props }: FileFieldProps & { maxBytes: number; tooLarge: string }) {
  const { status, fields } = useFormState()
  const [refused, setRefused] = useState(false)
  const error = refused ? tooLarge : status === 'error' && props.name ? fields?.[props.name] : undefined
  return (
    <FileField
      {...props}
      error={error}
      onChange={({ currentTarget }) => {
        const large = (currentTarget.files?.[0]?.size ?? 0) > maxBytes
        if (large) currentTarget.value = ''
        setRefused(large)
      }}
    />
  )
}
