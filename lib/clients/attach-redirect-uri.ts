import type { Ctx } from '#lib/context.ts'
import type { Db } from '#lib/db.ts'
import { addDomain, findDomain, isLocalHost } from '#lib/domains/index.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { type RedirectUriDto, redirectUriDto } from './dto.ts'
import type { ClientRef } from './internal.ts'
import { parseRedirectUri, REDIRECT_URI_PROBLEMS, type RedirectUriProblem } from './redirect-uri.ts'

const MAX_REDIRECT_URIS = 200

export type AttachInput = { uri: string; kind: 'login' | 'logout'; field: string }

/**
 * Adds a redirect URI in the caller's transaction, which has authorized the actor and locked the client. It belongs to the domain of its
 * host; a local host without one gets a test domain, any other is refused. `field` is the input's name for errors.
 * @throws AppError validation_failed with the {@link RedirectUriProblem} as code, limit_reached
 */
export async function attachRedirectUri(
  tx: Db,
  ctx: Ctx,
  client: ClientRef & { applicationType: string },
  { uri, kind, field }: AttachInput,
): Promise<RedirectUriDto> {
  const parsed = parseRedirectUri(uri, { native: client.applicationType === 'native' })
  if ('problem' in parsed) throw refused(field, parsed.problem)
  const domainId = parsed.kind === 'native' ? null : await domainFor(tx, ctx, client, parsed, field)

  const [count, same] = await Promise.all([
    tx.redirectUri.count({ where: { clientId: client.id } }),
    tx.redirectUri.count({ where: { clientId: client.id, kind, uri } }),
  ])
  if (same > 0) throw refused(field, 'uri_duplicate')
  if (count >= MAX_REDIRECT_URIS) {
    const params = { limit: MAX_REDIRECT_URIS, what: 'redirect_uris' }
    throw new AppError('limit_reached', { message: `A client has at most ${MAX_REDIRECT_URIS} redirect URIs.`, params })
  }
  const data = { id: newId('ru'), clientId: client.id, domainId, kind, uri }
  return redirectUriDto(await tx.redirectUri.create({ data, include: { domain: true } }))
}

async function domainFor(
  tx: Db,
  ctx: Ctx,
  client: ClientRef,
  { host, secure }: { host: string; secure: boolean },
  field: string,
): Promise<string> {
  const domain = await findDomain(tx, client, { host })
  if (domain?.mode === 'live' && !secure) throw refused(field, 'uri_http_live', host)
  if (domain) return domain.id
  if (!isLocalHost(host)) throw refused(field, 'uri_domain_unknown', host)
  return (await addDomain(tx, ctx, client, { host, mode: 'test' })).id
}

function refused(path: string, code: RedirectUriProblem, host?: string): AppError {
  const message = host === undefined ? REDIRECT_URI_PROBLEMS[code] : `${host}: ${REDIRECT_URI_PROBLEMS[code]}`
  return new AppError('validation_failed', {
    message,
    fields: [{ path, message, code, ...(host === undefined ? {} : { params: { host } }) }],
  })
}
