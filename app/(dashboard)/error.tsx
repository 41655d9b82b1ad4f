'use client'

import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { ErrorPage } from '#components/ui/error-page.tsx'

/** A page of the dashboard failed: the frame around it stays. */
export default function DashboardError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter()
  // Most errors come from the server: without asking it again, a reset would only show the same failure.
  const retry = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return <ErrorPage digest={error.digest} retry={retry} />
}
