import { exportUsage } from '#lib/web/usage/export.ts'

/** A table of the team's usage page as CSV. */
export function GET(request: Request): Promise<Response> {
  return exportUsage(request)
}
