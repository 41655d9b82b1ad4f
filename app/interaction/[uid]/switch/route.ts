import { switchAccount } from '#lib/web/interaction-answer.ts'

export const dynamic = 'force-dynamic'

export async function GET(request: Request, { params }: { params: Promise<{ uid: string }> }): Promise<Response> {
  return switchAccount(request, (await params).uid)
}
