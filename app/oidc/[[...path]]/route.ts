import { oidcRoute } from '#lib/web/oidc-route.ts'

export const dynamic = 'force-dynamic'

export { oidcRoute as DELETE, oidcRoute as GET, oidcRoute as HEAD, oidcRoute as OPTIONS, oidcRoute as POST, oidcRoute as PUT }
