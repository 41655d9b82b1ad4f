import { getTranslations } from 'next-intl/server'
import { NeedsPermission } from '#components/forms/needs-permission.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { ClientDetail } from '#lib/clients/index.ts'

/** The way to a client's part of its team's audit log. */
export async function HistoryCard({ client }: { client: ClientDetail }) {
  const t = await getTranslations('audit.history')
  const href = `/team/audit?${new URLSearchParams({ team: client.team.id, target: client.id })}`
  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        {client.permissions.includes('audit.read') ? (
          <ButtonLink href={href}>{t('open')}</ButtonLink>
        ) : (
          <NeedsPermission has={client.permissions} permission="audit.read">
            <Button>{t('open')}</Button>
          </NeedsPermission>
        )}
      </CardBody>
    </Card>
  )
}
