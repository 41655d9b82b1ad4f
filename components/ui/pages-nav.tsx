import { useTranslations } from 'next-intl'
import { ButtonLink } from './button.tsx'

type Address = string | false | null | undefined

export type PagesNavProps = {
  /** For lists that only go forward: the way back. Not with `previous`. */
  first?: Address
  previous?: Address
  next?: Address
  /** False: not even when someone points at them. For pages that are much work. */
  prefetch?: false
}

/** The pages of a list: to the first or the one before, and on to the next. Nothing when there is one page. */
export function PagesNav({ first, previous, next, prefetch }: PagesNavProps) {
  const t = useTranslations('ui.pages')
  const links = Object.entries({ first, previous, next }).filter((entry): entry is [string, string] => Boolean(entry[1]))
  if (links.length === 0) return null
  return (
    <nav aria-label={t('label')} className="flex justify-end gap-2">
      {links.map(([name, href]) => (
        <ButtonLink key={name} href={href} {...(prefetch === undefined ? {} : { prefetch })}>
          {t(name)}
        </ButtonLink>
      ))}
    </nav>
  )
}
