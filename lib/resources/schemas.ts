import * as z from 'zod'
import { textLine } from '#lib/text-line.ts'

/** Seconds. A JWT cannot be revoked, so it lives short. */
export const RESOURCE_BOUNDS = { min: 60, opaque: 86_400, jwt: 3_600, standard: 900 } as const

/** RFC 6749 §3.3. */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/

export const saveResourceServerInput = z
  .object({
    teamId: z.string(),
    /** None: a new one. */
    id: z.string().max(100).optional(),
    name: textLine(100),
    identifier: z.string().trim().max(500),
    tokenFormat: z.enum(['opaque', 'jwt']).default('opaque'),
    accessTokenTtl: z.number().default(RESOURCE_BOUNDS.standard),
    scopes: z
      .array(z.string())
      .max(50)
      .transform((names) => [...new Set(names.filter(Boolean))]),
  })
  .superRefine(({ identifier, accessTokenTtl, tokenFormat, scopes }, context) => {
    const refuse = (path: string, message: string, code: string, params: Record<string, string | number> = {}) =>
      context.addIssue({ code: 'custom', path: [path], message, params: { code, ...params } })
    const problem = identifierProblem(identifier)
    if (problem) refuse('identifier', 'An absolute URI such as https://api.example.com, without a fragment', problem)
    const max = RESOURCE_BOUNDS[tokenFormat]
    if (!Number.isInteger(accessTokenTtl) || accessTokenTtl < RESOURCE_BOUNDS.min || accessTokenTtl > max) {
      refuse('accessTokenTtl', `From ${RESOURCE_BOUNDS.min} to ${max} seconds`, 'resource_lifetime', { min: 1, max: max / 60 })
    }
    const wrong = scopes.find((scope) => !SCOPE.test(scope))
    if (wrong !== undefined) refuse('scopes', `Not a scope: ${wrong.slice(0, 50)}`, 'scope_invalid', { scope: wrong.slice(0, 50) })
  })
export type SaveResourceServerInput = z.input<typeof saveResourceServerInput>

function identifierProblem(text: string): string | null {
  const uri = URL.parse(text)
  if (!uri || /[\s#\p{Cc}\p{Cs}]/u.test(text)) return 'identifier_invalid'
  if (uri.protocol === 'https:' || uri.protocol === 'urn:') return uri.username || uri.password ? 'identifier_invalid' : null
  return uri.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(uri.hostname) ? null : 'identifier_invalid'
}

export const resourceServerRef = z.object({ teamId: z.string(), id: z.string().max(100) })
