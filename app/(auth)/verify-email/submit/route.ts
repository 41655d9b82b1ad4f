import { submitVerification } from '#lib/web/auth/submit-verification.ts'

export const POST = submitVerification
