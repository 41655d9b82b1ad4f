import { getTranslations } from 'next-intl/server'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { externalLogins, type OwnProfile } from '#lib/accounts/index.ts'

/** Names of providers whose credentials may have gone since. */
const NAMES: Record<string, string> = { google: 'Google', 'azure-ad': 'Microsoft', github: 'GitHub' }

/** The log-ins elsewhere that belong to the account. Shown when there are any, or when this installation offers them. */
export async function ExternalLoginsCard({ profile }: { profile: OwnProfile }) {
  const linked = profile.externalLogins
  if (linked.length === 0 && externalLogins().length === 0) return null
  const t = await getTranslations('account.external')
  return (
    <Card aria-labelledby="external">
      <CardHeader id="external" title={t('title')} description={t('description')} />
      <CardBody className="py-2.5">
        {linked.length === 0 ? (
          <p className="py-2.5 text-muted">{t('none')}</p>
        ) : (
          <DefinitionList
            items={linked.map(({ provider, email, since }) => ({
              term: NAMES[provider] ?? provider,
              value: (
                <>
                  {email ?? '–'} · {t.rich('since', { time: () => <RelativeTime date={since} /> })}
                </>
              ),
            }))}
          />
        )}
      </CardBody>
    </Card>
  )
}
