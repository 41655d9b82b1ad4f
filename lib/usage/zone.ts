// Days and hours of a time zone, by what Intl knows of it: no library, and right at the change to and from summer time.

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone)
  if (!known) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
    known = new Intl.DateTimeFormat('en-US', { ...parts, timeZone: zone, hourCycle: 'h23', era: 'short' })
    formats.set(zone, known)
  }
  return known
}

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offsetOf(zone: string, at: Date): number {
  const parts = Object.fromEntries(
    format(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000
}

/** Where the day of a zone that holds `at` begins, `days` later. */
export function startOfDay(zone: string, at: Date, days = 0): Date {
  const local = new Date(at.getTime() + offsetOf(zone, at))
  return fromLocal(zone, Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + days))
}

/** The beginning of a day given as `2026-11-24`; null for what is no day. */
export function dayOf(zone: string, text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const local = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(local) ? null : fromLocal(zone, local)
}

/** The date of a moment in a zone, as `2026-11-24`. */
export function dateIn(zone: string, at: Date): string {
  return new Date(at.getTime() + offsetOf(zone, at)).toISOString().slice(0, 10)
}

function fromLocal(zone: string, local: number): Date {
  const guess = local - offsetOf(zone, new Date(local))
  return new Date(local - offsetOf(zone, new Date(guess)))
}
