'use client'

import './globals.css'
import { buttonClass } from '#components/ui/button-class.ts'

/**
 * What is left when the root layout itself fails: no texts, no theme, no fonts can be counted on. So it is the one page with its
 * words in the file, in both languages at once.
 */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-5 px-6">
          <h1 className="text-xl font-semibold">Something went wrong</h1>
          <p className="text-muted">The problem is on our side and has been logged. Try again in a moment.</p>
          <p lang="nl" className="text-muted">
            Er ging iets mis. Het probleem ligt bij ons en is vastgelegd. Probeer het zo nog eens.
          </p>
          {/* A full load on purpose: the running app is what failed. */}
          <a href="/" className={buttonClass('primary')}>
            Start page · <span lang="nl">Startpagina</span>
          </a>
          {error.digest ? <p className="font-mono text-xs text-muted">{error.digest}</p> : null}
        </main>
      </body>
    </html>
  )
}
