import { answerInvitationForm } from '#lib/web/teams/invitation.ts'

export const dynamic = 'force-dynamic'

export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return answerInvitationForm(request, (await params).token)
}
