'use client'

import { Check, Circle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx'
import type { ClientKind } from '#lib/clients/index.ts'
import type { FirstUses } from '#lib/usage/index.ts'

const SOON_MS = 3_000
const LATER_MS = 15_000
/** Whoever still waits after ten minutes is doing something else meanwhile. */
const PATIENT_AFTER = 200
const LIMIT_MS = 10_000

/** What a new client has done so far; ticks itself while the page is looked at. Without JavaScript a reload does. */
export function FirstSteps({ clientId, kind, initial }: { clientId: string; kind: ClientKind; initial?: FirstUses }) {
  const t = useTranslations('quickstart.steps')
  const [uses, setUses] = useState<FirstUses>(initial ?? { token: false, login: false, apiCall: false })
  const steps = (['token', 'login', 'apiCall'] as const).filter((step) => step !== 'login' || kind !== 'machine')
  const all = steps.every((step) => uses[step])

  useEffect(() => {
    if (all) return
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    let asked = 0
    const ask = async () => {
      if (document.visibilityState === 'visible') {
        asked += 1
        const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(LIMIT_MS)])
        const response = await fetch(`/clients/${clientId}/first-uses`, { signal }).catch(() => null)
        if (stop.signal.aborted) return
        // Logged out, or no longer theirs.
        if (response && response.status >= 400 && response.status < 500) return
        if (response?.ok) setUses((await response.json()) as FirstUses)
      }
      timer = setTimeout(ask, asked > PATIENT_AFTER ? LATER_MS : SOON_MS)
    }
    timer = setTimeout(ask, SOON_MS)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [all, clientId])

  return (
    <Card>
      <CardHeader title={t('title')} description={t('description')} />
      <CardBody>
        <ul aria-live="polite" className="space-y-3">
          {steps.map((step) => (
            <li key={step} className="flex gap-2.5">
              {uses[step] ? (
                <Check aria-hidden className="mt-[3px] size-4 shrink-0 text-success-text" />
              ) : (
                <Circle aria-hidden className="mt-[3px] size-4 shrink-0 text-muted" />
              )}
              <span>
                <span className="sr-only">{uses[step] ? t('done') : t('todo')} </span>
                {t(step)}
              </span>
            </li>
          ))}
        </ul>
        {all ? <p className="mt-3 font-medium text-success-text">{t('all')}</p> : null}
        <noscript>
          <p className="mt-3 text-muted">{t('reload')}</p>
        </noscript>
      </CardBody>
    </Card>
  )
}
