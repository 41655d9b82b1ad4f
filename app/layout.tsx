import './globals.css'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { env } from '#lib/env.ts'
import { ClientMessages } from '#lib/web/i18n/client-messages.tsx'
import { currentLocale } from '#lib/web/i18n/current-locale.ts'
import { currentTheme } from '#lib/web/preferences.ts'

export function generateMetadata(): Metadata {
  const brand = env().BRAND_NAME
  return {
    title: { template: `%s · ${brand}`, default: brand },
    applicationName: brand,
    metadataBase: new URL(env().PUBLIC_URL),
    // Under `no-referrer` browsers post forms with `Origin: null` (Fetch, "append a request Origin header"), which we refuse.
    referrer: 'same-origin',
  }
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafa' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0d0f' },
  ],
}

/** The frame of every page. The theme is an attribute from the first byte on, so nothing flashes and no script is needed. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([currentLocale(), currentTheme()])
  return (
    <html lang={locale} data-theme={theme === 'system' ? undefined : theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <ClientMessages>{children}</ClientMessages>
      </body>
    </html>
  )
}
