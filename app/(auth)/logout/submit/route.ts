import { submitLogout } from '#lib/web/auth/submit-logout.ts'

export const POST = submitLogout
