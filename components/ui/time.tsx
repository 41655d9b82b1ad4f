import { useFormatter, useNow } from 'next-intl'

/** A moment as "2 minutes ago", the exact time on hover. The page's own clock: it does not tick. */
export function RelativeTime({ date }: { date: Date }) {
  const format = useFormatter()
  const now = useNow()
  return (
    <time
      dateTime={date.toISOString()}
      title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'long' })}
      className="whitespace-nowrap"
    >
      {format.relativeTime(date, now)}
    </time>
  )
}

/** A moment as date and time in the person's language. */
export function DateTime({ date }: { date: Date }) {
  const format = useFormatter()
  return <time dateTime={date.toISOString()}>{format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })}</time>
}
