import type { ReactNode } from 'react'
import { ToastProvider } from '#components/ui/toast.tsx'

/** Forms say by a toast that they worked. */
export default function TicketsLayout({ children }: { children: ReactNode }) {
  return (
    <ToastProvider>
      <div className="mx-auto max-w-3xl space-y-6 py-10">{children}</div>
    </ToastProvider>
  )
}
