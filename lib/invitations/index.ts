// Owns invitations: asking the owner of an address into a team, and their answer. Holds the plan's limit of members, since nobody joins in another
// way. Members and roles themselves are lib/teams.
export { acceptInvitation, declineInvitation } from './answer-invitation.ts'
export type { InvitationDto } from './dto.ts'
export { inviteMember, type SentInvitation } from './invite-member.ts'
export { listInvitations } from './list-invitations.ts'
export { type InvitationView, loadInvitation } from './load-invitation.ts'
export { resendInvitation, revokeInvitation } from './resend-invitation.ts'
export { countSeats } from './seats.ts'
