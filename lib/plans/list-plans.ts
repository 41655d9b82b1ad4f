import { db } from '#lib/db.ts'

/** A plan as anyone may see it; null means unlimited. */
export type PlanOffer = {
  key: string
  name: string
  maxClients: number | null
  maxMembers: number | null
  perMinute: number
  perMonth: number
  retentionDays: number
  byAgreement: boolean
}

/** The plans of this installation, smallest first. Public: what they cost nobody has to ask. */
export async function listPlans(): Promise<PlanOffer[]> {
  return db().plan.findMany({
    orderBy: { position: 'asc' },
    select: {
      key: true,
      name: true,
      maxClients: true,
      maxMembers: true,
      perMinute: true,
      perMonth: true,
      retentionDays: true,
      byAgreement: true,
    },
  })
}
