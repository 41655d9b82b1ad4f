import createMDX from '@next/mdx'
import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  typedRoutes: false,
  // `npm run verify` checks types, of more than Next sees; a start from a fresh clone need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Nothing is resized here, and the optimizer has been a source of advisories.
  images: { unoptimized: true },
  devIndicators: false,
  experimental: {
    // A page is read when it is first asked for: all of them at the start cost 40 MB and half a second, and save a first visitor some 50 ms.
    preloadEntriesOnStart: false,
  },
  // `lib` runs in two module graphs (Next's and the server's); what holds sockets, workers or classes compared by identity is loaded by Node in both. So
  // is what is large: Turbopack would put it into each of a dozen route handlers.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    'bcryptjs',
    'graphile-worker',
    'nodemailer',
    'oidc-provider',
    'pg',
    'pino',
    'prom-client',
    'rate-limiter-flexible',
    'redis',
    'tldts',
  ],
}

// Turbopack takes options that can be written down only: the plugin by its name. The import source spares the file in the root.
const withMDX = createMDX({ options: { providerImportSource: '#components/docs/mdx.tsx', remarkPlugins: ['remark-gfm'] } })

export default createNextIntlPlugin('./lib/web/i18n/request.ts')(withMDX(config))
