import * as z from 'zod'
import { canonicalCidr } from './cidr.ts'
import { HOST_PROBLEMS, isLocalHost, normalizeHost, parseHost } from './host.ts'

export const MAX_ALLOWLIST = 200
const MAX_URI = 2000

/** A host name to its normalized form. */
const hostField = z.string().transform((text, context) => {
  const result = parseHost(text)
  if ('host' in result) return result.host
  context.addIssue({ code: 'custom', message: HOST_PROBLEMS[result.problem], params: { code: result.problem } })
  return z.NEVER
})

const cidrField = z.string().transform((text, context) => {
  const cidr = canonicalCidr(text)
  if (cidr !== null) return cidr
  const value = text.slice(0, 60)
  context.addIssue({
    code: 'custom',
    message: `${value}: not an IP address or CIDR such as 203.0.113.0/24 or 2001:db8::/32`,
    params: { code: 'cidr_invalid', value },
  })
  return z.NEVER
})

/** Whether `uri` is an address of `host`: https, or http where the host is local, on any port; without user and fragment. */
function isAddressOf(host: string, uri: string): boolean {
  const url = URL.canParse(uri) && /^[\x21-\x5b\x5d-\x7e]+$/.test(uri) ? new URL(uri) : null
  if (!url || url.username || url.password || uri.includes('#') || !/^https?:\/\//i.test(uri)) return false
  return normalizeHost(url.hostname) === host && (url.protocol === 'https:' || isLocalHost(host))
}

export const setDomainInput = z
  .object({
    clientId: z.string(),
    host: hostField,
    active: z.boolean().optional(),
    allowLogin: z.boolean().optional(),
    allowApi: z.boolean().optional(),
    mode: z.enum(['test', 'live']).optional(),
    /** Replaces the whole list; empty: no restriction. */
    ipAllowlist: z
      .array(cidrField)
      .max(MAX_ALLOWLIST)
      .transform((list) => [...new Set(list)])
      .optional(),
    ipMonitor: z.boolean().optional(),
    /** An address of the host for people who have nowhere to return to; empty or null: none. */
    fallbackUri: z
      .string()
      .max(MAX_URI)
      .transform((text) => text.trim() || null)
      .nullable()
      .optional(),
    /** The `updatedAt` that the editor saw; when the domain changed since, nothing does. */
    updatedAt: z.string().max(50).optional(),
    /** For the system only: says that the team controls this host, or no longer does. */
    verified: z.boolean().optional(),
  })
  .superRefine(({ host, fallbackUri }, context) => {
    if (!fallbackUri || isAddressOf(host, fallbackUri)) return
    const message = `Not an address of ${host} such as https://${host}/`
    context.addIssue({ code: 'custom', path: ['fallbackUri'], message, params: { code: 'fallback_uri_invalid', host } })
  })

export type SetDomainInput = z.input<typeof setDomainInput>

export const allowAddressInput = z.object({ clientId: z.string(), host: hostField, address: cidrField })
export type AllowAddressInput = z.input<typeof allowAddressInput>

export const domainRef = z.object({ clientId: z.string(), domainId: z.string().max(100) })

export const verifyDomainInput = domainRef.extend({ method: z.enum(['dns', 'file']) })
