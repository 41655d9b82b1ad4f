import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Button } from '#components/ui/button.tsx'
import { buttonClass } from '#components/ui/button-class.ts'
import type { InteractionView } from '#lib/oidc/index.ts'
import { ClientLogo } from './client-logo.tsx'

export type TestersCardProps = {
  view: Pick<InteractionView, 'client' | 'restartUrl'>
  /** Where the answer goes. */
  action: string
  email: string
  csrfToken: string
}

/** Tells someone who may not test this client why, and leads back. */
export async function TestersCard({ view, action, email, csrfToken }: TestersCardProps) {
  const t = await getTranslations('interaction.testers')
  const { client } = view
  return (
    <AuthCard
      size="md"
      logo={<ClientLogo name={client.name} logoUri={client.logoUri} />}
      title={t('title', { client: client.name })}
      description={t('text', { email })}
    >
      <p>{t('help', { client: client.name })}</p>
      <form method="post" action={action} className="flex flex-wrap gap-3 pt-2 *:flex-1">
        <input type="hidden" name="csrfToken" value={csrfToken} />
        {/* A plain link: fetching it ahead would answer the interaction. */}
        <a href={view.restartUrl} className={buttonClass('secondary')}>
          {t('switch')}
        </a>
        <Button type="submit" name="answer" value="deny" variant="primary">
          {t('back', { client: client.name })}
        </Button>
      </form>
    </AuthCard>
  )
}
