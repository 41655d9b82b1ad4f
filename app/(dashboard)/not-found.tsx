import { FileQuestion } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default async function DashboardNotFound() {
  const [t, clients] = await Promise.all([getTranslations('errors.notFound'), getTranslations('clients')])
  const action = (
    <ButtonLink href="/clients" variant="primary">
      {clients('notFound')}
    </ButtonLink>
  )
  return <EmptyState icon={<FileQuestion />} level={1} title={t('title')} description={t('description')} action={action} />
}
