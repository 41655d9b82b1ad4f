import * as z from 'zod'

/** Instead of a secret of the client: one that is not its own, one that was mistyped, none at all. */
export const OTHER_SECRETS = ['wrong', 'mistyped', 'missing'] as const

const TEN_YEARS_MS = 10 * 365 * 86_400_000

const addressField = z.union([z.ipv4(), z.ipv6()], { error: 'Not an IP address such as 203.0.113.4' })

export const previewRequestInput = z.object({
  clientId: z.string(),
  use: z.enum(['api', 'login']).default('api'),
  /** As the request would name it. */
  domain: z.string().trim().max(300),
  /** The id of a secret of the client, or one of {@link OTHER_SECRETS}. */
  secret: z.string().max(100),
  ip: addressField,
  /** Whether it comes over TLS. */
  secure: z.boolean().default(true),
  /** Whether a browser sends it. */
  browser: z.boolean().default(false),
  /** When; now unless given. */
  at: z
    .string()
    .trim()
    .max(40)
    .transform((text, context) => {
      const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
      if (/^\d{4}-\d\d-\d\dT/.test(text) && Math.abs(time - Date.now()) < TEN_YEARS_MS) return new Date(time)
      context.addIssue({ code: 'custom', message: 'Not a moment within ten years', params: { code: 'date_invalid' } })
      return z.NEVER
    })
    .optional(),
})

export type PreviewRequestInput = z.input<typeof previewRequestInput>
