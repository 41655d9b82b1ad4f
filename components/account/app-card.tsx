import { getTranslations } from 'next-intl/server'
import { Confirm } from '#components/forms/confirm.tsx'
import { ClientLogo } from '#components/interaction/client-logo.tsx'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ConnectedApp } from '#lib/grants/index.ts'
import { takeBackAction } from '#lib/web/account/security-actions.ts'

/** One application that a person allowed something: what it may, in words, since when, its last log-in, and taking it back. */
export async function AppCard({ app }: { app: ConnectedApp }) {
  const [t, scopes, common] = await Promise.all([getTranslations('account.apps'), getTranslations('scopes'), getTranslations('common')])
  const { clientId, name, since, lastLoginAt } = app
  return (
    <Card as="article" aria-labelledby={`app-${clientId}`}>
      <CardHeader
        id={`app-${clientId}`}
        title={
          <span className="flex items-center gap-2.5 [overflow-wrap:anywhere]">
            <ClientLogo name={name} logoUri={app.logoUri} />
            {name}
          </span>
        }
        description={
          <>
            {t.rich('since', { time: () => <RelativeTime date={since} /> })}
            {' · '}
            {lastLoginAt ? t.rich('used', { time: () => <RelativeTime date={lastLoginAt} /> }) : t('never')}
          </>
        }
        actions={
          <Confirm
            id={`take-back-${clientId}`}
            trigger={
              <>
                {t('takeBack')}
                <span className="sr-only">: {name}</span>
              </>
            }
            title={t('question', { name })}
            confirm={t('takeBack')}
            cancel={common('cancel')}
            action={takeBackAction}
            fields={{ clientId, name }}
          >
            <p>{t('effect', { name })}</p>
          </Confirm>
        }
      />
      <CardBody>
        <p className="mb-2 text-muted">{t('may')}</p>
        <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {app.scopes.map((scope) => (
            <li key={scope}>
              <span className="font-medium">{scopes.has(`${scope}.title`) ? scopes(`${scope}.title`) : scope}</span>
              {scopes.has(`${scope}.description`) ? <span className="block text-muted">{scopes(`${scope}.description`)}</span> : null}
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
