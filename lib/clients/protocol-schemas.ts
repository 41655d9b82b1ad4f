import * as z from 'zod'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** What a client's token policy must keep, in seconds. The plan may hold `refreshTokenCap` lower (`maxRefreshDays`). */
export const TOKEN_BOUNDS = {
  accessTokenTtl: { min: MINUTE, max: DAY, standard: 15 * MINUTE },
  idTokenTtl: { min: MINUTE, max: DAY, standard: HOUR },
  refreshTokenTtl: { min: HOUR, max: 365 * DAY, standard: 30 * DAY },
  refreshTokenCap: { min: HOUR, max: 365 * DAY, standard: 90 * DAY },
  sessionTtl: { min: 5 * MINUTE, max: 30 * DAY, standard: 30 * DAY },
  refreshReuseLeeway: { min: 0, max: MINUTE, standard: 0 },
} as const

export type TokenBound = keyof typeof TOKEN_BOUNDS

/** What ID tokens can be signed with: the algorithms of our signing keys. RS256, which every client must know (OpenID Connect Core §15.1), unless chosen. */
export const ID_TOKEN_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const
export type IdTokenAlgorithm = (typeof ID_TOKEN_ALGORITHMS)[number]

/** Whole seconds inside the bounds; null: the standard. */
function lifetime(name: TokenBound) {
  const { min, max } = TOKEN_BOUNDS[name]
  return z
    .number()
    .nullable()
    .superRefine((value, context) => {
      if (value === null || (Number.isInteger(value) && value >= min && value <= max)) return
      context.addIssue({ code: 'custom', message: `From ${min} to ${max} seconds`, params: { code: 'seconds_bounds', min, max } })
    })
}

export const setTokenPolicyInput = z.object({
  clientId: z.string(),
  accessTokenTtl: lifetime('accessTokenTtl').optional(),
  idTokenTtl: lifetime('idTokenTtl').optional(),
  refreshTokenTtl: lifetime('refreshTokenTtl').optional(),
  refreshTokenCap: lifetime('refreshTokenCap').optional(),
  sessionTtl: lifetime('sessionTtl').optional(),
  rotateRefreshTokens: z.boolean().optional(),
  refreshReuseLeeway: lifetime('refreshReuseLeeway')
    .transform((value) => value ?? 0)
    .optional(),
  idTokenSignedResponseAlg: z.enum(ID_TOKEN_ALGORITHMS).optional(),
})
export type SetTokenPolicyInput = z.input<typeof setTokenPolicyInput>

export const AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const
export type AuthMethod = (typeof AUTH_METHODS)[number]

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

const uriField = z
  .string()
  .max(2000)
  .transform((text) => text.trim() || null)
  .nullable()

export const setProtocolInput = z.object({
  clientId: z.string(),
  requirePar: z.boolean().optional(),
  requireDpop: z.boolean().optional(),
  requireSignedRequest: z.boolean().optional(),
  deviceFlow: z.boolean().optional(),
  /** `client_secret_basic` and `client_secret_post` are one: either way of sending the secret works. */
  authMethod: z.enum(AUTH_METHODS).optional(),
  /** A JSON Web Key Set, as text; empty: none. */
  jwks: z.string().max(50_000).nullable().optional(),
  jwksUri: uriField.optional(),
  backchannelLogoutUri: uriField.optional(),
})
export type SetProtocolInput = z.input<typeof setProtocolInput>

const clientIds = z
  .array(z.string().trim().max(100))
  .max(50)
  .transform((ids) => [...new Set(ids.filter(Boolean))])

export const setIntrospectorsInput = z.object({ clientId: z.string(), partnerIds: clientIds })
export type SetIntrospectorsInput = z.input<typeof setIntrospectorsInput>

export const setExchangeSourcesInput = z.object({ clientId: z.string(), subjectClientIds: clientIds })
export type SetExchangeSourcesInput = z.input<typeof setExchangeSourcesInput>
