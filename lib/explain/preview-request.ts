import { getClient } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { normalizeHost } from '#lib/domains/index.ts'
import { previewGate, type RawHeaders } from '#lib/gate/index.ts'
import { parseInput } from '#lib/input.ts'
import { generateClientSecret } from '#lib/secrets/index.ts'
import { authorizeClient } from '#lib/teams/index.ts'
import { explanationOf } from './explain-request.ts'
import { OTHER_SECRETS, type PreviewRequestInput, previewRequestInput } from './schemas.ts'
import { stepsOf } from './steps.ts'
import type { Explanation } from './types.ts'

export type PreviewedRequest = { status: number; decision: string; explanation: Explanation }

/**
 * What the gate would say to a request that nobody made, and why: the same checks on the same state, with nothing counted, noted or
 * alerted. Needs `logs.read` and `clients.read`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed
 */
export async function previewRequest({ ctx, input }: { ctx: Ctx; input: PreviewRequestInput }): Promise<PreviewedRequest> {
  await authorizeClient(ctx, { clientId: input.clientId, permission: 'logs.read' })
  const client = await getClient({ ctx, input: { clientId: input.clientId } })
  const asked = parseInput(previewRequestInput, input)
  const secret = client.secrets.find(({ id }) => id === asked.secret)
  const { use, ip, secure } = asked
  const headers = headersOf(client.id, asked)
  const result = await previewGate({ headers, ip, secure, use, now: asked.at ?? new Date() }, secret?.id ?? null)
  const host = normalizeHost(asked.domain)
  const domain = client.domains.find((each) => each.id === asked.domain || each.host === host)
  const explanation = explanationOf(result.ok ? null : result.code, stepsOf(result.checks), {
    clientId: client.id,
    client,
    domainId: domain?.id ?? null,
    host: domain?.host ?? host,
    ip,
    secret: secret ? { id: secret.id, mode: secret.mode } : null,
    redirectUri: null,
    redirectUriCut: false,
  })
  // What one would click is told by the state that was just looked at.
  return {
    status: result.ok ? 200 : result.status,
    decision: result.ok ? 'ok' : result.code,
    explanation: { ...explanation, mended: false },
  }
}

function headersOf(clientId: string, { secret, domain, browser }: { secret: string; domain: string; browser: boolean }): RawHeaders {
  const headers = ['X-Client-Id', clientId]
  const value = secretValue(secret)
  if (value !== null) headers.push('X-Client-Secret', value)
  headers.push('X-Client-Domain', domain)
  if (browser) headers.push('Origin', 'https://browser.example')
  return headers
}

/** A value of the right form stands in for a secret: nobody can show the real one again. */
function secretValue(secret: string): string | null {
  const other = OTHER_SECRETS.find((known) => known === secret)
  if (other === 'missing') return null
  const value = generateClientSecret('test')
  return other === 'mistyped' ? value.slice(0, -2) : value
}
