import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { TextField } from '#components/ui/field.tsx'

/** Where a password is chosen. What it has to be is said until something is wrong with it. */
export function NewPasswordField({ label, error }: { label: ReactNode; error?: string | undefined }) {
  const t = useTranslations('auth')
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      hint={error ? undefined : t('passwordHint')}
      error={error}
      required
    />
  )
}
