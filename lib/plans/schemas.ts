import * as z from 'zod'

export const setPlanInput = z.object({
  teamId: z.string().min(1).max(100),
  /** The plan's key or its name, whatever the case. */
  plan: z
    .string()
    .min(1)
    .max(60)
    .transform((value) => value.trim().toLowerCase()),
})

export type SetPlanInput = z.input<typeof setPlanInput>

/** A limit, typed into a form or not: a whole number from 1; empty or null where that means something of its own. */
function limit(max: number) {
  return z.union([z.string(), z.number(), z.null()]).transform((value, context) => {
    const text = String(value ?? '').trim()
    if (!text) return null
    if (/^\d{1,10}$/.test(text) && Number(text) >= 1 && Number(text) <= max) return Number(text)
    context.addIssue({ code: 'custom', message: `A whole number from 1 to ${max}`, params: { code: 'whole_number', min: 1, max } })
    return z.NEVER
  })
}

/** One that has to be there. */
function required(max: number) {
  return limit(max).transform((value, context) => {
    if (value !== null) return value
    context.addIssue({ code: 'custom', message: 'Required', params: { code: 'required' } })
    return z.NEVER
  })
}

/** What no limit exceeds. The log's partitions are kept as long as the longest retention. */
const MAX = { count: 1_000_000, perMinute: 10_000_000, perMonth: 2_000_000_000, days: 730, refreshDays: 365 } as const

export const editPlanInput = z.object({
  plan: z.string().max(60),
  /** Empty: no limit. */
  maxClients: limit(MAX.count),
  maxMembers: limit(MAX.count),
  perMinute: required(MAX.perMinute),
  perMonth: required(MAX.perMonth),
  retentionDays: required(MAX.days),
  maxRefreshDays: required(MAX.refreshDays),
})
export type EditPlanInput = z.input<typeof editPlanInput>

export const setTeamLimitsInput = z.object({
  teamId: z.string().min(1).max(100),
  /** Empty: as the plan says. */
  maxClients: limit(MAX.count),
  maxMembers: limit(MAX.count),
  perMinute: limit(MAX.perMinute),
  perMonth: limit(MAX.perMonth),
  retentionDays: limit(MAX.days),
})
export type SetTeamLimitsInput = z.input<typeof setTeamLimitsInput>
