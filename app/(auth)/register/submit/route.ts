import { submitRegistration } from '#lib/web/auth/submit-registration.ts'

export const POST = submitRegistration
