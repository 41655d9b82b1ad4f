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
  // `lib` runs in two module graphs (Next's and the server's); what holds sockets, workers or classes compared by identity is loaded by Node in both.
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
  ],
}

// Turbopack takes options that can be written down only: the plugin by its name. The import source spares the file in the root.
const withMDX = createMDX({ options: { providerImportSource: '#components/docs/mdx.tsx', remarkPlugins: ['remark-gfm'] } })

export default createNextIntlPlugin('./lib/web/i18n/request.ts')(withMDX(config))
