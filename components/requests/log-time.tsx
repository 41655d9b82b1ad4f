import { useFormatter } from 'next-intl'

/** A moment to the millisecond, as logs need it; in UTC, with the whole date on hover. */
export function LogTime({ at }: { at: string }) {
  const format = useFormatter()
  const date = new Date(at)
  const text = format.dateTime(date, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  })
  return (
    <time dateTime={at} title={at} className="whitespace-nowrap tabular-nums">
      {text}
    </time>
  )
}
