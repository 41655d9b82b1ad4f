import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { FormActions, SubmitButton } from '#components/ui/form.tsx'
import { currentSession } from '#lib/web/context.ts'
import { formToken } from '#lib/web/csrf.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth.logout'))('title') }
}

export default async function LogoutPage() {
  const session = await currentSession()
  if (!session) redirect('/login')
  const [t, csrfToken] = await Promise.all([getTranslations('auth.logout'), formToken('/logout')])
  return (
    <AuthCard title={t('title')} description={t('description', { email: session.email })}>
      <form method="post" action="/logout/submit">
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <FormActions stretch>
          <SubmitButton>{t('submit')}</SubmitButton>
          <ButtonLink href="/clients" variant="secondary">
            {t('stay')}
          </ButtonLink>
        </FormActions>
      </form>
    </AuthCard>
  )
}
