import { exportRoute } from '#lib/web/requests/export-route.ts'

export const dynamic = 'force-dynamic'

export const GET = exportRoute
