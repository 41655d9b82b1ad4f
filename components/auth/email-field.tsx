import { useTranslations } from 'next-intl'
import { TextField } from '#components/ui/field.tsx'

export type EmailFieldProps = { defaultValue?: string | undefined; error?: string | undefined; autoFocus?: boolean }

/** The address that a person logs in with; password managers know it as the user name. */
export function EmailField(props: EmailFieldProps) {
  const t = useTranslations('auth')
  return <TextField label={t('email')} name="email" type="email" autoComplete="username" {...props} required />
}
