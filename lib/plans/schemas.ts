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
