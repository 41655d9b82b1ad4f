// Sign tokens as an application and a person use them, for tests.
import { makeApiClient, type TestClient } from '#lib/connections/testing.ts'
import type { Ctx } from '#lib/context.ts'
import { db } from '#lib/db.ts'
import { type Cast, makeCast } from '#lib/testing/cast.ts'
import { answerSignRequest, createSignToken, type SignAnswer } from './index.ts'

export const BACK = 'https://app.example.com/back'

/** Two teams with a live client each, whose plan does not limit them. */
export async function makeSignClients(): Promise<{ cast: Cast; client: TestClient; other: TestClient }> {
  const cast = await makeCast()
  await db().team.updateMany({ data: { planKey: 'enterprise' } })
  const live = { mode: 'live' as const, redirectUris: [BACK, `${BACK}?shop=1`] }
  return { cast, client: await makeApiClient(cast.teamId, live), other: await makeApiClient(cast.strangerTeamId, live) }
}

/** What the application asks for. */
export function startAt({ reach, domainId, ctx }: TestClient, extra: object = {}): ReturnType<typeof createSignToken> {
  return createSignToken({ ctx, input: { reach, domainId, redirect_url: BACK, ...extra } })
}

/** What the person says. */
export function answer(ctx: Ctx, token: string, answer: SignAnswer = 'allow'): ReturnType<typeof answerSignRequest> {
  return answerSignRequest({ ctx, input: { token, answer } })
}

/** Up to the delivered token. */
export async function deliver(person: Ctx, using: TestClient): Promise<string> {
  const { token } = await startAt(using)
  return new URL((await answer(person, token)).location).searchParams.get('token') ?? ''
}
