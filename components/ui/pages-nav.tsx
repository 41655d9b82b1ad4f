import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'

/** Back to the first page, on to the next. Nothing when there is one page. */
export async function PagesNav({ first, next }: { first: string | null; next: string | null }) {
  if (!first && !next) return null
  const t = await getTranslations('tokens')
  return (
    <nav aria-label={t('pages')} className="flex justify-end gap-2">
      {first ? <ButtonLink href={first}>{t('first')}</ButtonLink> : null}
      {next ? <ButtonLink href={next}>{t('next')}</ButtonLink> : null}
    </nav>
  )
}
