import { submitTeamSwitch } from '#lib/web/teams/submit-switch.ts'

export const POST = submitTeamSwitch
