import { answerSignForm } from '#lib/web/sign-answer.ts'

export const dynamic = 'force-dynamic'

export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return answerSignForm(request, (await params).token)
}
