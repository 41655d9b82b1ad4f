import type { Ctx } from '#lib/context.ts'
import { parseInput } from '#lib/input.ts'
import { authorize } from '#lib/teams/index.ts'
import { type CredentialFinding, type CredentialRow, countFindings, credentialCursor, findCredentialPage } from './credential-page.ts'
import { type ListCredentialsInput, listCredentialsInput } from './schemas.ts'

/** A secret that works, as a team looks after it. */
export type CredentialDto = {
  id: string
  client: { id: string; name: string }
  hint: string
  label: string | null
  mode: 'test' | 'live'
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  lastUsedIp: string | null
  browserSeenAt: string | null
  /** The hint of the one that took over from it, while that works too. */
  replacedBy: string | null
  /** What may be wrong, the most urgent first. */
  findings: CredentialFinding[]
}

export type CredentialList = {
  credentials: CredentialDto[]
  nextCursor: string | null
  previousCursor: string | null
  /** Of the whole team, whatever is filtered: all, those with any finding, and each. */
  counts: Record<CredentialFinding | 'all' | 'any', number>
}

/**
 * One page of the secrets that work, of all of a team's clients that the actor may see, with what may be wrong with each. Never values or hashes.
 * Needs `clients.read`.
 * @throws AppError unauthenticated, not_found, permission_denied, validation_failed (cursor)
 */
export async function listCredentials(
  { ctx, input }: { ctx: Ctx; input: ListCredentialsInput },
  now = new Date(),
): Promise<CredentialList> {
  const { clientIds } = await authorize(ctx, { teamId: input.teamId, permission: 'clients.read' })
  const query = parseInput(listCredentialsInput, input)
  const [{ rows, before, after }, counts] = await Promise.all([
    findCredentialPage(query, clientIds, now),
    countFindings(query, clientIds, now),
  ])
  const [first, last] = [rows[0], rows.at(-1)]
  const none = { all: 0, any: 0, in_browser: 0, expires_soon: 0, replaced: 0, unused: 0, old: 0, never_used: 0 }
  return {
    credentials: rows.map(credentialDto),
    nextCursor: after && last ? credentialCursor(query, last, false) : null,
    previousCursor: before && first ? credentialCursor(query, first, true) : null,
    counts: { ...none, ...Object.fromEntries(counts) },
  }
}

function credentialDto(row: CredentialRow): CredentialDto {
  return {
    id: row.id,
    client: { id: row.client_id, name: row.client_name },
    hint: row.hint,
    label: row.label,
    mode: row.mode,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedIp: row.last_used_ip,
    browserSeenAt: row.browser_seen_at?.toISOString() ?? null,
    replacedBy: row.replaced_by,
    findings: row.findings,
  }
}
