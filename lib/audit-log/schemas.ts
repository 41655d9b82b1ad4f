import * as z from 'zod'

const id = z
  .string()
  .max(100)
  .regex(/^[\w-]+$/)
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

/** Which log, and what narrows it; the same for the list and for exports. */
const eventFilter = z.object({
  /** Null: what belongs to no team, for operators. */
  teamId: id.nullable(),
  /** A user's or a client's id, or `system` for the installation itself. */
  actor: id.optional(),
  /** `client.renamed`, or an area such as `client`. */
  action: z
    .string()
    .max(100)
    .regex(/^[a-z_]+(\.[a-z_]+)?$/)
    .optional(),
  /** What was changed: the id of a client (with everything of it), member, role, plan … */
  target: id.optional(),
  from: moment.optional(),
  to: moment.optional(),
})
export type EventFilter = z.input<typeof eventFilter>

export const listEventsInput = eventFilter.extend({
  limit: z.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional(),
})
export type ListEventsInput = z.input<typeof listEventsInput>

export const eventRef = z.object({ teamId: id, eventId: id })
export type EventRef = z.input<typeof eventRef>
