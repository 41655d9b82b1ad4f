'use client'

import { useEffect, useState } from 'react'
import type { RequestSummary } from '#lib/requests/index.ts'

/** More would only slow the page down. */
const MOST = 300

export type LiveState = 'off' | 'connecting' | 'on' | 'lost' | 'full' | 'ended'

/** Follows the log at `href` while `wanted`: what came since, newest first. */
export function useLive(href: string | null, wanted: boolean): { state: LiveState; fresh: readonly RequestSummary[] } {
  const [state, setState] = useState<LiveState>('off')
  const [fresh, setFresh] = useState<readonly RequestSummary[]>([])
  useEffect(() => {
    if (!href || !wanted) return setState('off')
    setState('connecting')
    const source = new EventSource(href)
    source.addEventListener('open', () => setState('on'))
    source.addEventListener('requests', (event) => {
      const came = JSON.parse((event as MessageEvent<string>).data) as RequestSummary[]
      setFresh((before) => merge(came, before))
    })
    source.addEventListener('end', () => {
      source.close()
      setState('ended')
    })
    // Closed: the server said no, and the browser does not try again; else it does by itself.
    source.addEventListener('error', () => setState(source.readyState === EventSource.CLOSED ? 'full' : 'lost'))
    return () => source.close()
  }, [href, wanted])
  return { state, fresh }
}

/** Both, newest first, each once. */
export function merge(came: readonly RequestSummary[], before: readonly RequestSummary[]): readonly RequestSummary[] {
  const known = new Set(before.map(({ requestId }) => requestId))
  const added = came.filter(({ requestId }) => !known.has(requestId))
  if (added.length === 0) return before
  return [...added, ...before].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.requestId < b.requestId ? 1 : -1)).slice(0, MOST)
}
