import * as z from 'zod'
import { canonicalCidr } from './cidr.ts'
import { HOST_PROBLEMS, parseHost } from './host.ts'

const MAX_ALLOWLIST = 200

/** A host name to its normalized form. */
export const hostField = z.string().transform((text, context) => {
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

export const setDomainInput = z.object({
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
  /** For the system only: says that the team controls this host, or no longer does. */
  verified: z.boolean().optional(),
})

export type SetDomainInput = z.input<typeof setDomainInput>

export const domainRef = z.object({ clientId: z.string(), domainId: z.string().max(100) })

export const verifyDomainInput = domainRef.extend({ method: z.enum(['dns', 'file']) })
