import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { currentLocale } from './current-locale.ts'
import { pickMessages } from './messages.ts'

/** What the primitives and the error pages need in the browser. */
const ALWAYS = ['ui', 'errors'] as const

/**
 * Hands texts to the client components below it: those of the primitives, and of `namespaces`. The root layout has one without
 * extras; a part of the site that needs more wraps itself in another. Server components need none of this.
 */
export async function ClientMessages({ namespaces = [], children }: { namespaces?: readonly string[]; children: ReactNode }) {
  const locale = await currentLocale()
  return <NextIntlClientProvider messages={pickMessages(locale, [...ALWAYS, ...namespaces])}>{children}</NextIntlClientProvider>
}
