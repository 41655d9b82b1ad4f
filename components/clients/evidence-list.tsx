import { getFormatter, getTranslations } from 'next-intl/server'
import { DateTime } from '#components/ui/time.tsx'
import type { Evidence } from '#lib/alerts/index.ts'
import type { ClientDetail } from '#lib/clients/index.ts'

const SHOWN = 3

/** What an alert rests on, as text, newest first; the rest of a long list unfolds. */
export async function EvidenceList({ client, evidence }: { client: ClientDetail; evidence: Evidence[] }) {
  const t = await getTranslations('alerts')
  const lines = evidence.toReversed().map((entry) => <EvidenceLine key={JSON.stringify(entry)} client={client} entry={entry} />)
  const rest = lines.slice(SHOWN)
  const list = 'space-y-1 text-[0.8125rem] [overflow-wrap:anywhere]'
  return (
    <>
      <ul className={list}>{lines.slice(0, SHOWN)}</ul>
      {rest.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-[0.8125rem] text-muted">{t('card.more', { count: rest.length })}</summary>
          <ul className={`${list} pt-1`}>{rest}</ul>
        </details>
      ) : null}
    </>
  )
}

async function EvidenceLine({ client, entry: { at, ...seen } }: { client: ClientDetail; entry: Evidence }) {
  const [t, modes, format] = await Promise.all([getTranslations('alerts'), getTranslations('clients.mode'), getFormatter()])
  const textOf = (key: string, value: string | number) => {
    if (key.endsWith('_at')) return format.dateTime(new Date(value), { dateStyle: 'medium', timeStyle: 'short' })
    return key === 'mode' ? modes(value as 'test' | 'live') : nameOf(client, key, value)
  }
  const facts = Object.entries(seen).flatMap(([key, value]) => {
    if (value === null || value === '') return []
    const label = t.has(`evidence.${key}`) ? t(`evidence.${key}`) : key
    return [`${label}: ${textOf(key, value)}`]
  })
  return (
    <li>
      {typeof at === 'string' ? <DateTime date={new Date(at)} /> : null} · {facts.join(' · ')}
    </li>
  )
}

/** Ids of what the client still has, by what the person knows them by. */
function nameOf(client: ClientDetail, key: string, value: string | number): string {
  if (key === 'domain_id') return client.domains.find(({ id }) => id === value)?.host ?? String(value)
  if (key !== 'secret_id') return String(value)
  const secret = client.secrets.find(({ id }) => id === value)
  return secret ? [`…${secret.hint}`, secret.label].filter(Boolean).join(' ') : String(value)
}
