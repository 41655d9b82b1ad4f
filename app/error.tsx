'use client'

import { ErrorPage } from '#components/ui/error-page.tsx'

export default function RouteError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main>
      <ErrorPage digest={error.digest} retry={reset} />
    </main>
  )
}
