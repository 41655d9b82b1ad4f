import { apiHandler } from '#lib/api/index.ts'
import { laneRoute } from './lane-route.ts'

/** The API as a route handler. */
export const apiRoute = laneRoute('api', (req, res) => void apiHandler(req, res))
