import { exportUsage } from '#lib/web/usage/export.ts'

/** A table of a client's usage page as CSV. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return exportUsage(request, (await params).id)
}
