'use client'

import { Toast } from '@base-ui/react/toast'
import { CircleCheck, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { iconButtonClass } from './button-class.ts'

/** Shows the toasts of `queue`, which only grows. Loaded by toast.tsx when the first one comes. */
export function ToastHost({ queue }: { queue: readonly string[] }) {
  return (
    <Toast.Provider timeout={6000} limit={4}>
      <Feed queue={queue} />
      <Toast.Portal>
        {/* On a phone at the top: at the bottom are the buttons of a question. */}
        <Toast.Viewport className="fixed inset-x-4 top-4 z-60 flex flex-col gap-2 sm:top-auto sm:bottom-4 sm:left-auto sm:w-88">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

/** Hands what is new in the queue to Base UI. */
function Feed({ queue }: { queue: readonly string[] }) {
  const { add } = Toast.useToastManager()
  const shown = useRef(0)
  useEffect(() => {
    for (const title of queue.slice(shown.current)) add({ title, priority: 'low' })
    shown.current = queue.length
  }, [queue, add])
  return null
}

function List() {
  const t = useTranslations('ui.toast')
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection="right"
      className="rounded-lg border border-line bg-surface shadow-floating transition duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 py-3 pr-2 pl-3.5">
        <CircleCheck aria-hidden className="mt-[3px] size-4 shrink-0 text-success-text" />
        <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <Toast.Title className="font-medium" />
        </div>
        <Toast.Close aria-label={t('dismiss')} className={iconButtonClass('-my-1.5')}>
          <X aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
