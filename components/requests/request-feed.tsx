'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type MouseEvent, type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { SwitchField } from '#components/ui/field.tsx'
import type { RequestSummary } from '#lib/requests/index.ts'
import { OPEN_PARAMETER } from './open-parameter.ts'
import { RequestTable } from './request-table.tsx'
import { merge, useLive } from './use-live.ts'

export type RequestFeedProps = {
  requests: readonly RequestSummary[]
  withClient: boolean
  /** Where the log can be followed; null on a later page, or a range that has ended. */
  liveHref: string | null
  /** Shown while there is nothing. */
  empty: ReactNode
}

const never = () => () => {}

/**
 * The lines of the log, and the switch that follows it. A click opens the request beside them; without JavaScript, or in another tab, its
 * page, and the link "Refresh" takes the place of the switch.
 */
export function RequestFeed({ requests, withClient, liveHref, empty }: RequestFeedProps) {
  const t = useTranslations('requests.live')
  const [router, pathname, params] = [useRouter(), usePathname(), useSearchParams()]
  const [wanted, setWanted] = useState(false)
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const { state, fresh } = useLive(liveHref, wanted)
  const shown = useMemo(() => merge(fresh, requests), [fresh, requests])
  const ids = useMemo(() => new Set(fresh.map(({ requestId }) => requestId)), [fresh])

  const open = (event: MouseEvent<HTMLAnchorElement>, requestId: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    const next = new URLSearchParams(params)
    next.set(OPEN_PARAMETER, requestId)
    router.push(`${pathname}?${next}`, { scroll: false })
  }
  return (
    <>
      {liveHref && scripted ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-5 py-2">
          <SwitchField label={t('label')} checked={wanted} onChange={(event) => setWanted(event.target.checked)} />
          <p role="status" className="text-[0.8125rem] text-muted">
            {state === 'off' ? null : t(`states.${state}`, { count: fresh.length })}
          </p>
        </div>
      ) : null}
      {shown.length === 0 ? empty : <RequestTable requests={shown} withClient={withClient} fresh={ids} onOpen={open} />}
    </>
  )
}
