import { useTranslations } from 'next-intl'
import type { Change, EventDto } from '#lib/audit-log/index.ts'

/** What an event changed, before and after, as a table of the fields. Signs besides the colours tell which is which. */
export function EventChanges({ event }: { event: EventDto }) {
  const t = useTranslations('audit')
  if (event.changes.length === 0) return <p className="text-muted">{t('list.noDetails')}</p>
  const fieldText = (field: string) => {
    const key = `fields.${field}` as 'fields.name'
    return t.has(key) ? t(key) : field
  }
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
      {event.changes.map((change) => (
        <div key={change.field} className="contents">
          <dt className="text-muted">{fieldText(change.field)}</dt>
          <dd className="min-w-0 space-y-0.5 [overflow-wrap:anywhere]">
            <Lines change={change} both={event.before !== null && event.after !== null} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Lines({ change, both }: { change: Change; both: boolean }) {
  const t = useTranslations('audit.list')
  const { before, after, added, removed } = change
  const shown = (value: string | null) =>
    value === 'true' ? t('on') : value === 'false' ? t('off') : value === null || value === '' ? t('none') : value
  const was = removed && added ? removed : both || before !== null ? [shown(before)] : []
  const is = removed && added ? added : both || after !== null ? [shown(after)] : []
  return (
    <>
      {was.map((text) => (
        <p key={`-${text}`}>
          <del className="rounded-sm bg-danger-soft px-1 text-danger-text no-underline">
            <span aria-hidden>− </span>
            <span className="sr-only">{t('before')} </span>
            {text}
          </del>
        </p>
      ))}
      {is.map((text) => (
        <p key={`+${text}`}>
          <ins className="rounded-sm bg-success-soft px-1 text-success-text no-underline">
            <span aria-hidden>+ </span>
            <span className="sr-only">{t('after')} </span>
            {text}
          </ins>
        </p>
      ))}
    </>
  )
}
