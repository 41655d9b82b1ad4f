import { FileQuestion } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

/** There is nothing at this address for this person, said inside a frame; `to`: where the way on leads. */
async function NotFoundState({ to }: { to: 'clients' | 'home' }) {
  const [t, clients] = await Promise.all([getTranslations('errors.notFound'), getTranslations('clients')])
  const action = (
    <ButtonLink href={to === 'clients' ? '/clients' : '/'} variant="primary">
      {to === 'clients' ? clients('notFound') : t('home')}
    </ButtonLink>
  )
  return <EmptyState icon={<FileQuestion />} level={1} title={t('title')} description={t('description')} action={action} />
}

/** The same of the dashboard and of a person's own pages. */
export function DashboardNotFound() {
  return <NotFoundState to="clients" />
}

/** The same of the public pages. */
export function SiteNotFound() {
  return <NotFoundState to="home" />
}

/** The same as the whole page, where there is no frame. */
export function BareNotFound() {
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <NotFoundState to="home" />
    </main>
  )
}
