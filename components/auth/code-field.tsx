import { getTranslations } from 'next-intl/server'
import { TextField } from '#components/ui/field.tsx'

/** The field for a six-digit code from a mail; phones offer the code and the number pad. */
export async function CodeField({ error }: { error?: string | undefined }) {
  const t = await getTranslations('auth')
  return (
    <TextField label={t('code')} name="code" inputMode="numeric" autoComplete="one-time-code" hint={t('codeHint')} error={error} required />
  )
}
