import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { currentContext } from '#lib/web/context.ts'

/** Where to go from here: "Log in" and "Create your account", or to the clients for someone who is logged in. */
export async function SiteActions({ place }: { place: 'header' | 'page' }) {
  const [t, { actor }] = await Promise.all([getTranslations('site.nav'), currentContext()])
  const header = place === 'header'
  if (actor.kind === 'user') {
    return (
      <ButtonLink href="/clients" variant={header ? 'secondary' : 'primary'}>
        {t('clients')}
      </ButtonLink>
    )
  }
  const logIn = (
    <ButtonLink href="/login" variant={header ? 'ghost' : 'secondary'} prefetch={false}>
      {t('logIn')}
    </ButtonLink>
  )
  const register = (
    <ButtonLink
      href="/register"
      variant={header ? 'secondary' : 'primary'}
      prefetch={false}
      className={header ? 'max-sm:hidden' : undefined}
    >
      {t('register')}
    </ButtonLink>
  )
  // The page's main action comes first; in the header it stands at the edge.
  return (
    <>
      {header ? logIn : register}
      {header ? register : logIn}
    </>
  )
}
