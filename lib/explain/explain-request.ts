import { type ClientDetail, getClient } from '#lib/clients/index.ts'
import type { Ctx } from '#lib/context.ts'
import { normalizeHost } from '#lib/domains/index.ts'
import { isAppError } from '#lib/errors.ts'
import type { RequestDetail } from '#lib/requests/index.ts'
import { linksOf } from './links.ts'
import { MENDING, type Subject } from './mend.ts'
import { firstFailure, stepsOf } from './steps.ts'
import type { Explanation } from './types.ts'

/** Why a request that the actor may see (`findRequest` says so) was decided as it was, and what mends it now. Changes nothing. */
export async function explainRequest(ctx: Ctx, request: RequestDetail): Promise<Explanation> {
  const { decision, detail, ip } = request
  const cause = decision === 'ok' ? null : causeOf(decision, detail)
  const steps = request.checks && stepsOf(request.checks)
  const clientId = request.client?.id ?? null
  const client = clientId && (await clientOrNull(ctx, clientId))
  const ownSecret = client ? client.secrets.find(({ id }) => id === request.secret?.id) : undefined
  const subject: Subject = {
    clientId,
    client: client || null,
    domainId: request.domain?.id ?? null,
    host: request.domain?.host ?? hostOf(detail?.redirect_uri),
    ip,
    secret: request.secret && { id: request.secret.id, mode: ownSecret?.mode ?? null },
    redirectUri: textOf(detail?.redirect_uri),
    redirectUriCut: detail?.redirect_uri_cut === true,
  }
  return explanationOf(cause, steps, subject)
}

/** The explanation of a cause, for a subject as it is now. */
export function explanationOf(cause: string | null, steps: Explanation['steps'], subject: Subject): Explanation {
  const { fixes, links, mended } = (cause !== null && MENDING[cause]?.(subject)) || { fixes: [], links: [], mended: false }
  return {
    steps,
    failed: firstFailure(steps),
    cause,
    fixes,
    links: linksOf(links, subject),
    mended,
    permissions: subject.client?.permissions ?? [],
  }
}

/** OAuth notes a cause of its own, since its error codes mean many things. */
function causeOf(decision: string, detail: RequestDetail['detail']): string {
  return textOf(detail?.cause) ?? decision
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** The client as the actor may see it; null when it is gone or they may not. */
async function clientOrNull(ctx: Ctx, clientId: string): Promise<ClientDetail | null> {
  try {
    return await getClient({ ctx, input: { clientId } })
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

/** OAuth names a domain by where it returns to. */
function hostOf(uri: unknown): string | null {
  const url = typeof uri === 'string' ? URL.parse(uri) : null
  return url && /^https?:$/.test(url.protocol) ? normalizeHost(url.hostname) : null
}
