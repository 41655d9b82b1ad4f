'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { inviteMember, resendInvitation, revokeInvitation } from '#lib/invitations/index.ts'
import { removeMember, setMemberClients, setMemberRole } from '#lib/teams/index.ts'
import { runAction } from '../action.ts'
import type { FormState } from '../form-state.ts'

const AREA = 'teams'

/** Where no mail is sent: the link, this once, for the inviter to pass on. */
export type InvitationResult = { email: string; link: string | null }

function chosen(data: FormData): string[] {
  return data.getAll('clientIds').filter((id) => typeof id === 'string')
}

/** "Invite". */
export async function inviteMemberAction(_: FormState<InvitationResult>, data: FormData): Promise<FormState<InvitationResult>> {
  return runAction(
    data,
    async (ctx, text) => {
      const clientIds = text('limit') === 'chosen' ? chosen(data) : null
      const input = { teamId: text('teamId'), email: text('email'), roleId: text('roleId'), clientIds }
      const { invitation, link } = await inviteMember({ ctx, input })
      revalidatePath('/team', 'layout')
      return { notice: link ? 'invitedLink' : 'invited', params: { email: invitation.email }, result: { email: invitation.email, link } }
    },
    AREA,
  )
}

/** An open invitation: send it again. */
export async function resendInvitationAction(_: FormState<InvitationResult>, data: FormData): Promise<FormState<InvitationResult>> {
  return runAction(
    data,
    async (ctx, text) => {
      const input = { teamId: text('teamId'), invitationId: text('invitationId') }
      const { invitation, link } = await resendInvitation({ ctx, input })
      revalidatePath('/team', 'layout')
      return { notice: link ? 'invitedLink' : 'resent', params: { email: invitation.email }, result: { email: invitation.email, link } }
    },
    AREA,
  )
}

/** An open invitation: take it back. */
export async function revokeInvitationAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const { email } = await revokeInvitation({ ctx, input: { teamId: text('teamId'), invitationId: text('invitationId') } })
      revalidatePath('/team', 'layout')
      return { notice: 'revoked', params: { email } }
    },
    AREA,
  )
}

/** A member: another role. */
export async function setMemberRoleAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      await setMemberRole({ ctx, input: { teamId: text('teamId'), userId: text('userId'), roleId: text('roleId') } })
      revalidatePath('/team', 'layout')
      return { notice: 'roleSet' }
    },
    AREA,
  )
}

/** A member: all clients, or chosen ones. */
export async function setMemberClientsAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const clientIds = text('limit') === 'chosen' ? chosen(data) : null
      await setMemberClients({ ctx, input: { teamId: text('teamId'), userId: text('userId'), clientIds } })
      revalidatePath('/team', 'layout')
      return { notice: 'clientsSet' }
    },
    AREA,
  )
}

/** A member: out of the team. Back to the list. */
export async function removeMemberAction(_: FormState, data: FormData): Promise<FormState> {
  return runAction(
    data,
    async (ctx, text) => {
      const teamId = text('teamId')
      await removeMember({ ctx, input: { teamId, userId: text('userId') } })
      revalidatePath('/team', 'layout')
      redirect(`/team?team=${encodeURIComponent(teamId)}&removed=1`)
    },
    AREA,
  )
}
