import { setCsrfCookie } from '#lib/web/auth/set-csrf-cookie.ts'

export const GET = setCsrfCookie
