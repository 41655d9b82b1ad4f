import { submitSendCode } from '#lib/web/auth/submit-verification.ts'

export const POST = submitSendCode
