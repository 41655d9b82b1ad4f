import { answerInteractionForm } from '#lib/web/interaction-answer.ts'

export const dynamic = 'force-dynamic'

export async function POST(request: Request, { params }: { params: Promise<{ uid: string }> }): Promise<Response> {
  return answerInteractionForm(request, (await params).uid)
}
