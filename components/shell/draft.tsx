'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext } from 'react'
import type { Draft } from '#lib/web/draft.ts'
import { type FormState, IDLE } from '#lib/web/form-state.ts'
import { Alert } from '../ui/alert.tsx'

const DraftContext = createContext<Draft | null>(null)

/** Gives the forms below what was typed in one of them when the session had ended, and says so at the top of that page. */
export function DraftProvider({ draft, children }: { draft: Draft | null; children: ReactNode }) {
  const pathname = usePathname()
  const here = draft !== null && draft.path === pathname ? draft : null
  return (
    <DraftContext value={here}>
      {here ? <Restored /> : null}
      {children}
    </DraftContext>
  )
}

function Restored() {
  const t = useTranslations('errors.restored')
  return (
    <Alert tone="info" role="status" title={t('title')}>
      {t('text')}
    </Alert>
  )
}

/** The state that a form begins with: what was typed in it before the person had to log in again, or nothing. `form` is its `_form`. */
export function useInitialState<Result>(form: string): FormState<Result> {
  const draft = useContext(DraftContext)
  // As after a refusal: fields show what was typed, and what is not ticked was not sent.
  return draft && draft.form === form ? { status: 'error', values: draft.values, stamp: 1 } : IDLE
}

/** What a form is known by among those of its page: a name, or its hidden fields. */
export function formKey(name: string | undefined, fields: Record<string, string> | undefined): string {
  return name ?? JSON.stringify(Object.entries(fields ?? {}).filter(([field]) => field !== 'version'))
}
