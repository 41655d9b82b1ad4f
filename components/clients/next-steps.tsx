import { useTranslations } from 'next-intl'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { ClientKind } from '#lib/clients/index.ts'

const STEPS: Record<ClientKind, readonly ('keep' | 'redirect' | 'login' | 'live')[]> = {
  web: ['keep', 'redirect', 'login', 'live'],
  spa: ['redirect', 'login', 'live'],
  native: ['redirect', 'login', 'live'],
  machine: ['keep', 'live'],
}

/** What one does after creating a client, in order. */
export function NextSteps({ clientId, kind }: { clientId: string; kind: ClientKind }) {
  const t = useTranslations('quickstart.next')
  return (
    <Card>
      <CardHeader title={t('title')} />
      <CardBody>
        <ol className="list-decimal space-y-3 pl-5 marker:text-muted">
          {STEPS[kind].map((step) => (
            <li key={step}>{t(step)}</li>
          ))}
        </ol>
        {kind === 'machine' ? null : (
          <ButtonLink href={`/clients/${clientId}/redirect-uris`} className="mt-4">
            {t('addRedirectUri')}
          </ButtonLink>
        )}
      </CardBody>
    </Card>
  )
}
