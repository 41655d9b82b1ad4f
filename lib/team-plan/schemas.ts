import * as z from 'zod'

const id = z
  .string()
  .max(100)
  .regex(/^[\w-]+$/)

export const changePlanInput = z.object({ teamId: id, plan: z.string().max(60) })
export type ChangePlanInput = z.input<typeof changePlanInput>

export const requestPlanInput = z.object({
  teamId: id,
  /** What they need, in their words. */
  message: z
    .string()
    .max(2000)
    .transform((text) => text.replaceAll('\0', '').trim())
    .default(''),
})
export type RequestPlanInput = z.input<typeof requestPlanInput>
