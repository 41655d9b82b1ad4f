'use client'

import { useEffect, useState } from 'react'

const DAY = 86_400

/** What is left as `1 d 23:59:12`, in figures that do not jump. */
function left(seconds: number, days: string): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const clock = `${part((seconds % DAY) / 3600)}:${part((seconds % 3600) / 60)}:${part(seconds % 60)}`
  return seconds >= DAY ? `${Math.floor(seconds / DAY)} ${days} ${clock}` : clock
}

/** The time until `until`, counting down. Begins with `seconds`, which the server counted: its clock, not the visitor's, is the one that counts. */
export function Countdown({ until, seconds, days }: { until: string; seconds: number; days: string }) {
  const [now, setNow] = useState(seconds)
  useEffect(() => {
    const end = performance.now() + seconds * 1000
    const timer = setInterval(() => setNow(Math.max(0, Math.round((end - performance.now()) / 1000))), 1000)
    return () => clearInterval(timer)
  }, [seconds])
  return (
    <time dateTime={until} className="whitespace-nowrap tabular-nums">
      {left(now, days)}
    </time>
  )
}
