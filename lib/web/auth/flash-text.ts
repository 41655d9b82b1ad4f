import { getTranslations } from 'next-intl/server'
import type { Flash } from './flash.ts'

export type FlashText = {
  /** What went wrong as a whole; undefined when the fields say it. */
  error: string | undefined
  notice: string | undefined
  /** What is wrong with a field. */
  field: (name: string) => string | undefined
  value: (name: string) => string | undefined
}

/** A flash in the person's language. */
export async function flashText(flash: Flash | null): Promise<FlashText> {
  const t = await getTranslations('auth')
  const fields = new Map<string, string>()
  for (const { path, code = 'invalid', params, message } of flash?.fields ?? []) {
    const key = `fields.${code}`
    if (!fields.has(path)) fields.set(path, t.has(key) ? t(key, params) : message)
  }
  return {
    error:
      flash?.error && fields.size === 0
        ? t(t.has(`errors.${flash.error}`) ? `errors.${flash.error}` : 'errors.unavailable', flash.params)
        : undefined,
    notice: flash?.notice ? t(`notices.${flash.notice}`) : undefined,
    field: (name) => fields.get(name),
    value: (name) => flash?.values?.[name],
  }
}
