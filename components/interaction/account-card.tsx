import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Button } from '#components/ui/button.tsx'
import type { InteractionView } from '#lib/oidc/index.ts'
import { ClientLogo } from './client-logo.tsx'

export type AccountCardProps = {
  view: Pick<InteractionView, 'client' | 'restartUrl'>
  action: string
  email: string
  csrfToken: string
}

/** Which account to go on with (`prompt=select_account`): the one of this browser, or another. */
export async function AccountCard({ view, action, email, csrfToken }: AccountCardProps) {
  const t = await getTranslations('interaction.account')
  const { client } = view
  return (
    <AuthCard
      logo={<ClientLogo name={client.name} logoUri={client.logoUri} />}
      title={t('title', { client: client.name })}
      description={t('text')}
    >
      <form method="post" action={action} className="flex flex-col gap-3">
        <input type="hidden" name="csrfToken" value={csrfToken} />
        <Button type="submit" name="answer" value="continue" variant="primary">
          {t('continue', { email })}
        </Button>
      </form>
      <p>
        <a className="font-medium text-accent-text underline underline-offset-2" href={view.restartUrl}>
          {t('switch')}
        </a>
      </p>
    </AuthCard>
  )
}
