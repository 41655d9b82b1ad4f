import { apiRoute } from '#lib/web/api-route.ts'

export const dynamic = 'force-dynamic'

export { apiRoute as DELETE, apiRoute as GET, apiRoute as HEAD, apiRoute as OPTIONS, apiRoute as PATCH, apiRoute as POST, apiRoute as PUT }
