import { liveRoute } from '#lib/web/requests/live-route.ts'

export const dynamic = 'force-dynamic'

export const GET = liveRoute
