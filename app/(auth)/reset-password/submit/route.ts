import { submitResetPassword } from '#lib/web/auth/submit-password-reset.ts'

export const POST = submitResetPassword
