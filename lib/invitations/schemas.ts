import * as z from 'zod'
import { emailAddress } from '#lib/accounts/schemas.ts'
import { chosenClients } from '#lib/teams/schemas.ts'

const id = z
  .string()
  .max(100)
  .regex(/^[\w-]+$/)

export const inviteMemberInput = z.object({
  teamId: id,
  email: emailAddress,
  roleId: id,
  /** The role counts only for these; null: for all. */
  clientIds: chosenClients.default(null),
})
export type InviteMemberInput = z.input<typeof inviteMemberInput>

export const invitationRef = z.object({ teamId: id, invitationId: id })
export type InvitationRef = z.input<typeof invitationRef>

export const invitationToken = z.object({ token: z.string().max(200) })
export type InvitationToken = z.input<typeof invitationToken>
