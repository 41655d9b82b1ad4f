import * as z from 'zod'
import { searchText } from '#lib/search.ts'
import { FORBIDDEN_CHARACTERS, textLine } from '#lib/text-line.ts'

const NAME_LENGTH = 200
const DESCRIPTION_LENGTH = 1000
const LABEL_LENGTH = 100
const HOUR_MS = 3_600_000

/** How long the old secret lives after a rotation, in milliseconds. */
export const OVERLAPS = { now: 0, '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 7 * 24 * HOUR_MS } as const

export type Overlap = keyof typeof OVERLAPS

/** Some lines of text for people; empty: none. */
const textLines = z
  .string()
  .max(10_000)
  .transform((value, context) => {
    const text = value.replaceAll('\r\n', '\n').trim().normalize()
    const refuse = (message: string, code: string) =>
      context.addIssue({ code: 'custom', message, params: { code, max: DESCRIPTION_LENGTH } })
    if ([...text].length > DESCRIPTION_LENGTH) refuse(`At most ${DESCRIPTION_LENGTH} characters`, 'too_long')
    else if (FORBIDDEN_CHARACTERS.test(text.replaceAll(/[\n\t]/g, ' '))) refuse('No control or invisible characters', 'characters')
    else return text || null
    return z.NEVER
  })

const clientId = z.string()
/** The version that the editor saw; when it changed since, the change is refused. */
const version = z.number().int().optional()
const nameField = textLine(NAME_LENGTH)

export const createClientInput = z.object({
  teamId: z.string(),
  name: nameField,
  type: z.enum(['confidential', 'public']).default('confidential'),
  /** Unless given: web, and for a public client native when a redirect URI can only be a native app's, else spa. */
  applicationType: z.enum(['web', 'spa', 'native']).optional(),
  /** `HOST[:test|live]`; unless given, localhost in test mode. */
  domains: z.array(z.string()).max(50).default([]),
  redirectUris: z.array(z.string()).max(50).default([]),
  scopes: z.array(z.string()).max(100).optional(),
  /** Nobody logs in to it: client credentials are its only grant. */
  machine: z.boolean().default(false),
  /** Of the form that asks: asking twice with the same one makes one client. */
  idempotencyKey: z.string().max(100).optional(),
  /** Who made it, when the system acts for someone. */
  createdById: z.string().max(100).optional(),
})
export type CreateClientInput = z.input<typeof createClientInput>

const renameClientInput = z.object({
  clientId,
  name: nameField,
  version,
})
export type RenameClientInput = z.input<typeof renameClientInput>

export const updateClientInput = z.object({ clientId, name: nameField.optional(), description: textLines.optional(), version })
export type UpdateClientInput = z.input<typeof updateClientInput>

export const setStatusInput = z.object({ clientId, version })
export type SetStatusInput = z.input<typeof setStatusInput>

/** Bytes of an uploaded logo. */
export const MAX_LOGO_BYTES = 256 * 1024

export const setLogoInput = z.object({ clientId, content: z.instanceof(Uint8Array), version })
export type SetLogoInput = z.input<typeof setLogoInput>

export const removeLogoInput = z.object({ clientId, version })
export type RemoveLogoInput = z.input<typeof removeLogoInput>

export const transferClientInput = z.object({ clientId, toTeamId: z.string().max(100), version })
export type TransferClientInput = z.input<typeof transferClientInput>

export const deleteClientInput = z.object({
  clientId,
  version,
  /** The client's name as typed by the person; when given it must match. */
  name: z.string().max(1000).optional(),
})
export type DeleteClientInput = z.input<typeof deleteClientInput>

/** Part of a name, or an id. */
const searchField = searchText.transform((text) => text.normalize()).optional()

export const findClientsInput = z.object({ search: searchField, limit: z.number().int().min(1).max(50).default(8) })
export type FindClientsInput = z.input<typeof findClientsInput>

export const listClientsInput = z.object({
  teamId: z.string(),
  search: searchField,
  /** `restricted`: for abuse, whatever else it is; `deleted`: those that can still be restored. Unless given: all that are not deleted. */
  status: z.enum(['active', 'disabled', 'restricted', 'deleted']).optional(),
  /** With a domain in this mode. */
  mode: z.enum(['test', 'live']).optional(),
  type: z.enum(['web', 'spa', 'native', 'machine']).optional(),
  sort: z.enum(['created', 'name', 'used', 'requests']).default('created'),
  /** Unless given: the newest, the last used and the busiest first, and names from A to Z. */
  direction: z.enum(['asc', 'desc']).optional(),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2000).optional(),
})
export type ListClientsInput = z.input<typeof listClientsInput>

const expiryField = z.string().transform((text, context) => {
  const dateOnly = z.iso.date().safeParse(text).success
  // A time without a zone is UTC: what it means must not depend on where the server stands.
  const zoned = dateOnly ? `${text}T00:00:00Z` : /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`
  const time = dateOnly || z.iso.datetime({ offset: true, local: true }).safeParse(text).success ? Date.parse(zoned) : Number.NaN
  if (Number.isNaN(time)) {
    context.addIssue({
      code: 'custom',
      message: 'Not an ISO 8601 date or time such as 2027-01-31T12:00:00Z',
      params: { code: 'date_invalid' },
    })
    return z.NEVER
  }
  if (time <= Date.now()) {
    context.addIssue({ code: 'custom', message: 'Must be in the future', params: { code: 'date_past' } })
    return z.NEVER
  }
  return new Date(time)
})

const labelField = z
  .string()
  .transform((text) => text.trim() || undefined)
  .pipe(textLine(LABEL_LENGTH).optional())

export const createSecretInput = z.object({
  clientId,
  mode: z.enum(['test', 'live']).default('test'),
  label: labelField.optional(),
  /** ISO 8601. */
  expiresAt: expiryField.optional(),
})
export type CreateSecretInput = z.input<typeof createSecretInput>

export const secretRef = z.object({ clientId, secretId: z.string().max(100) })

export const setSecretDomainsInput = secretRef.extend({
  /** All of them; none: it works on every domain of the client. */
  domainIds: z
    .array(z.string().max(100))
    .max(200)
    .transform((ids) => [...new Set(ids)]),
})
export type SetSecretDomainsInput = z.input<typeof setSecretDomainsInput>

export const editSecretInput = secretRef.extend({
  /** Empty: none. */
  label: labelField.optional(),
  /** ISO 8601; null: it does not expire. Left out: as it is. */
  expiresAt: expiryField.nullable().optional(),
})
export type EditSecretInput = z.input<typeof editSecretInput>

export const reportLeakInput = secretRef.extend({
  /** Also suspend the client: when whoever has the secret may have more. */
  disableClient: z.boolean().default(false),
})
export type ReportLeakInput = z.input<typeof reportLeakInput>

export const rotateSecretInput = secretRef.extend({ overlap: z.enum(['now', '1h', '24h', '7d']) })
export type RotateSecretInput = z.input<typeof rotateSecretInput>

export const addRedirectUriInput = z.object({
  clientId,
  uri: z.string().max(10_000),
  kind: z.enum(['login', 'logout']).default('login'),
})
export type AddRedirectUriInput = z.input<typeof addRedirectUriInput>

export const redirectUriRef = z.object({ clientId, redirectUriId: z.string().max(100) })

/** What may be wrong with a secret that works, the most urgent first. Stored nowhere; in addresses and keys of texts. */
export const CREDENTIAL_FINDINGS = ['in_browser', 'expires_soon', 'replaced', 'unused', 'old', 'never_used'] as const

export const listCredentialsInput = z.object({
  teamId: z.string().max(100),
  /** Part of a client's name or of a label, or the last characters of a secret. */
  search: searchText.optional(),
  /** Only those with it; `any`: with at least one. */
  finding: z.enum([...CREDENTIAL_FINDINGS, 'any']).optional(),
  sort: z.enum(['finding', 'client', 'created', 'used', 'expires']).default('finding'),
  /** Unless given: the most urgent, the oldest, the longest unused and the first to end first, and clients from A to Z. */
  direction: z.enum(['asc', 'desc']).optional(),
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2000).optional(),
})
export type ListCredentialsInput = z.input<typeof listCredentialsInput>
