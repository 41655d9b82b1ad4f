'use client'

import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { ErrorPage } from '#components/ui/error-page.tsx'

export default function RouteError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter()
  // Most errors come from the server: without asking it again, a reset would only show the same failure.
  const retry = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return (
    <main>
      <ErrorPage digest={error.digest} retry={retry} />
    </main>
  )
}
