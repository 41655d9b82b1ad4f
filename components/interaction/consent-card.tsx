import { Check } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { AuthCard } from '#components/shell/auth-card.tsx'
import { Alert } from '#components/ui/alert.tsx'
import { Button } from '#components/ui/button.tsx'
import { CheckboxField } from '#components/ui/field.tsx'
import type { InteractionView } from '#lib/oidc/index.ts'
import { ClientLogo } from './client-logo.tsx'

export type ConsentCardProps = {
  view: Pick<InteractionView, 'client' | 'mode' | 'scopes' | 'newScopes' | 'optional' | 'restartUrl'> &
    Partial<Pick<InteractionView, 'newClaims' | 'newResourceScopes' | 'device'>>
  /** Where the answer goes. */
  action: string
  email: string
  csrfToken: string
  returnHost: string
}

/** What a client asks for, in words, and the two answers. Works without JavaScript. */
export async function ConsentCard({ view, action, email, csrfToken, returnHost }: ConsentCardProps) {
  const t = await getTranslations('interaction')
  const scopes = await getTranslations('scopes')
  const { client, newScopes, mode } = view
  const optional = new Map(view.optional.map(({ name, declined }) => [name, declined]))
  const required = newScopes.filter((name) => !optional.has(name))
  const title = (name: string) => (scopes.has(`${name}.title`) ? scopes(`${name}.title`) : name)
  const text = (name: string) => (scopes.has(`${name}.description`) ? scopes(`${name}.description`) : undefined)
  const more = newScopes.length < view.scopes.length
  const host = client.host ?? returnHost
  const { newClaims = [], newResourceScopes = [], device = false } = view
  return (
    <AuthCard
      size="md"
      logo={<ClientLogo name={client.name} logoUri={client.logoUri} />}
      title={t(more ? 'consent.titleMore' : 'consent.title', { client: client.name })}
      description={device ? t('consent.device') : t(client.verified ? 'consent.verified' : 'consent.unverified', { host })}
    >
      {mode === 'test' ? (
        <Alert tone="warning" title={t('test.badge')}>
          {t('test.text')}
        </Alert>
      ) : null}
      <p>{t(more ? 'consent.leadMore' : 'consent.lead', { client: client.name })}</p>
      {required.length > 0 ? (
        <ul className="space-y-3">
          {required.map((name) => (
            <li key={name} className="flex gap-3">
              <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success-text" />
              <div>
                <p className="font-medium">{title(name)}</p>
                <p className="text-muted">{text(name)}</p>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      {optional.size > 0 ? (
        <fieldset className="space-y-3">
          <legend className="mb-3">{t('consent.optional')}</legend>
          {[...optional].map(([name, declined]) => (
            <CheckboxField
              key={name}
              form="consent"
              name="optional"
              value={name}
              defaultChecked={!declined}
              label={<span className="font-medium">{title(name)}</span>}
              hint={text(name)}
            />
          ))}
        </fieldset>
      ) : null}
      {newClaims.length > 0 ? (
        <div>
          <p className="mb-1">{t('consent.claims')}</p>
          <ul className="list-disc space-y-1 pl-5">
            {newClaims.map((name) => (
              <li key={name}>{t.has(`claims.${name}`) ? t(`claims.${name}`) : name}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {newResourceScopes.length > 0 ? (
        <div>
          <p className="mb-1">{t('consent.resources')}</p>
          <ul className="list-disc space-y-1 pl-5 [overflow-wrap:anywhere]">
            {newResourceScopes.map(({ identifier, name }) => (
              <li key={`${identifier} ${name}`}>
                <span className="font-medium">{name}</span> <span className="text-muted">{identifier}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p className="text-muted">{t('consent.wontSee')}</p>
      <form id="consent" method="post" action={action} className="flex gap-3 pt-2 *:flex-1">
        <input type="hidden" name="csrfToken" value={csrfToken} />
        {[...optional.keys()].map((name) => (
          <input key={name} type="hidden" name="offered" value={name} />
        ))}
        <Button type="submit" name="answer" value="deny" variant="secondary">
          {t('consent.deny')}
        </Button>
        <Button type="submit" name="answer" value="allow" variant="primary">
          {t('consent.allow')}
        </Button>
      </form>
      <p className="border-t border-line pt-4 text-muted">
        {t('consent.as', { email })}{' '}
        <a className="font-medium text-accent-text underline underline-offset-2" href={view.restartUrl}>
          {t('consent.switch')}
        </a>
      </p>
    </AuthCard>
  )
}
