import { getTranslations } from 'next-intl/server'
import { buttonClass } from '../ui/button-class.ts'

/** The first stop of the Tab key: jumps over the navigation to `#content`. */
export async function SkipLink() {
  const t = await getTranslations('shell')
  return (
    <a href="#content" className={buttonClass('primary', 'md', 'fixed top-2 left-2 z-60 not-focus:sr-only')}>
      {t('skip')}
    </a>
  )
}
