'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useActionState, useSyncExternalStore } from 'react'
import type { FormAction, FormState } from '#lib/web/form-state.ts'
import { typed } from '#lib/web/typed.ts'

const never = () => () => {}

/** Whether scripts run: false on the server and in the first rendering, which must be the same. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

/** Why a form that was sent has no answer: a key of `errors.unsent`. */
type Unsent = 'noAnswer' | 'outdated' | 'failed'

/** Which it is, of what an action threw; what is the router's own (a redirect, a page that is not there) is thrown on. */
function unsentBy(error: unknown): Unsent {
  unstable_rethrow(error)
  // The page is of an earlier build, whose actions this server does not know.
  if (unstable_isUnrecognizedActionError(error)) return 'outdated'
  // Of what failed on the server, the browser gets a digest; without one, nothing of ours has answered.
  return typeof (error as { digest?: unknown } | null)?.digest === 'string' ? 'failed' : 'noAnswer'
}

/**
 * `useActionState` for an action that may find no answer: the network gone, a proxy in between, a server that was renewed. The form says so and keeps
 * what was typed; React alone would put the error page in place of the page. `tell` hears each answer as soon as it is there.
 */
export function useSentState<Result>(
  action: FormAction<Result>,
  initial: FormState<Result>,
  tell?: (answer: FormState<Result>) => void,
): [state: FormState<Result>, formAction: (data: FormData) => void] {
  const t = useTranslations('errors.unsent')
  const texts: Record<Unsent, string> = { noAnswer: t('noAnswer'), outdated: t('outdated'), failed: t('failed') }
  const sending: FormAction<Result> = async (before, data) => {
    try {
      const answer = await action(before, data)
      tell?.(answer)
      return answer
    } catch (error) {
      return { status: 'error', message: texts[unsentBy(error)], values: typed(data), stamp: Date.now() }
    }
  }
  // The server needs the action itself, for browsers without JavaScript.
  const [state, formAction] = useActionState<FormState<Result>, FormData>(useHydrated() ? sending : action, initial)
  return [state, formAction]
}
