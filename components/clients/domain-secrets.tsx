import { getTranslations } from 'next-intl/server'
import { TextLink } from '#components/ui/link.tsx'
import type { SecretDto } from '#lib/clients/index.ts'
import type { DomainDto } from '#lib/domains/index.ts'

export type DomainSecretsProps = { clientId: string; domain: DomainDto; secrets: readonly SecretDto[] }

/** Which secrets work on a domain: those that are linked to it, and those that are linked to none. */
export async function DomainSecrets({ clientId, domain, secrets }: DomainSecretsProps) {
  const t = await getTranslations('domains.secrets')
  const working = secrets.filter(({ state, mode }) => (state === 'active' || state === 'expiring') && mode === domain.mode)
  const linked = working.filter(({ domainIds }) => domainIds.includes(domain.id))
  const free = working.filter(({ domainIds }) => domainIds.length === 0)
  const list = (some: readonly SecretDto[]) =>
    some.map(({ id, hint, label }, index) => (
      <span key={id}>
        {index > 0 ? ', ' : null}
        <TextLink href={`/clients/${clientId}/secrets/${id}#domains`}>
          …{hint}
          {label ? ` (${label})` : null}
        </TextLink>
      </span>
    ))
  return (
    <div className="mt-5 space-y-1 border-t border-line pt-4 text-[0.8125rem] [overflow-wrap:anywhere]">
      <h3 className="text-sm font-medium">{t('title')}</h3>
      {working.length === 0 ? <p className="text-muted">{t(`none.${domain.mode}`)}</p> : null}
      {linked.length > 0 ? (
        <p>
          {t('linked')} {list(linked)}
        </p>
      ) : null}
      {free.length > 0 ? (
        <p>
          {t('free')} {list(free)}
        </p>
      ) : null}
    </div>
  )
}
