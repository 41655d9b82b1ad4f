'use client'

import { useEffect, useState } from 'react'
import type { Found } from './find.ts'

export type Search = { state: 'loading' | 'done' | 'failed' | 'loggedOut'; query: string; found: Found }

const NOTHING: Found = { clients: [], pages: [], requests: [] }
/** Short enough to feel instant, long enough not to ask for every letter of a word. */
const WAIT_MS = 120
const LIMIT_MS = 10_000

/** What the server finds for `query`; what was found before stays until the new answer is there. */
export function useFound(query: string): Search {
  const [search, setSearch] = useState<Search>({ state: 'loading', query: '', found: NOTHING })

  useEffect(() => {
    const stop = new AbortController()
    const settle = (state: Search['state'], found = NOTHING) => {
      if (!stop.signal.aborted) setSearch({ state, query, found })
    }
    const ask = async () => {
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(LIMIT_MS)])
      const response = await fetch(`/search/results?${new URLSearchParams({ q: query })}`, { signal })
      if (response.status === 401) settle('loggedOut')
      else if (response.ok) settle('done', (await response.json()) as Found)
      else settle('failed')
    }
    const timer = setTimeout(() => ask().catch(() => settle('failed')), query ? WAIT_MS : 0)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [query])

  return search
}
