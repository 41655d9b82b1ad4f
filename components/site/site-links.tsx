import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '../ui/button.tsx'

/** The public pages that help: documentation, and support. */
export async function SiteLinks() {
  const t = await getTranslations('site.nav')
  return (
    <>
      <ButtonLink href="/docs" variant="ghost">
        {t('docs')}
      </ButtonLink>
      <ButtonLink href="/support" variant="ghost">
        {t('support')}
      </ButtonLink>
    </>
  )
}
