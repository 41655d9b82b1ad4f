import * as z from 'zod'
import { type PasswordProblem, passwordProblem, provisionedPasswordProblem } from './password-rules.ts'

const MAX_NAME = 100
/** RFC 5321 §4.5.3.1.3 leaves 254 characters for an address. */
const MAX_EMAIL = 254
/** Enough for any address people type: RFC 5322's exotic forms are refused. No spaces, one @, a dot in the domain. */
const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=[^@]{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/

const text = () => z.string({ error: 'Required' })

const named = (code: string, message: string, params: Record<string, string | number> = {}) => ({ message, params: { code, ...params } })

/** A person's name: 1–100 characters after trimming, no control characters or direction overrides. */
export const personName = text()
  .transform((value) => value.trim())
  .refine((value) => value.length > 0, named('name_required', 'Enter your name.'))
  .refine((value) => value.length <= MAX_NAME, named('name_too_long', `At most ${MAX_NAME} characters.`, { max: MAX_NAME }))
  .refine(
    (value) => !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(value),
    named('name_characters', 'This name has characters that cannot be used.'),
  )

/** An e-mail address, lower-cased. */
export const emailAddress = text()
  .transform((value) => value.trim().toLowerCase())
  .refine((value) => value.length > 0, named('email_required', 'Enter your email address.'))
  .refine((value) => value.length <= MAX_EMAIL, named('email_too_long', `At most ${MAX_EMAIL} characters.`, { max: MAX_EMAIL }))
  // Empty and over-long ones have been told what is wrong.
  .refine(
    (value) => value === '' || value.length > MAX_EMAIL || (EMAIL.test(value) && !value.includes('..')),
    named('email_invalid', 'This is not an email address.'),
  )

/** A six-digit code as people paste it: spaces and dashes are dropped. */
export const mailedCode = text()
  .transform((value) => value.replace(/[\s-]/g, ''))
  .refine((value) => /^\d{6}$/.test(value), named('code_form', 'Enter the 6 digits from the email.'))

type WithPassword = { password: string; name?: string | undefined; email?: string | undefined }

/** Adds the reason when the password is not good enough. */
export function checkPassword(value: WithPassword, issues: z.core.$RefinementCtx<WithPassword>): void {
  addProblem(issues, passwordProblem(value.password, [value.email, value.name]))
}

function addProblem(issues: z.core.$RefinementCtx<WithPassword>, problem: PasswordProblem | null): void {
  if (!problem) return
  const { code, message, ...params } = problem
  issues.addIssue({ code: 'custom', path: ['password'], message, params: { code, ...params } })
}

const account = z.object({ name: personName, email: emailAddress, password: text(), operator: z.boolean().optional() })

/** An account that an operator makes for somebody. */
export const ProvisionUserInput = account.superRefine(({ password }, issues) => addProblem(issues, provisionedPasswordProblem(password)))

export const RegisterUserInput = account
  // Runs when another field is wrong as well, so that a person learns of everything at once.
  .superRefine(checkPassword)
export type RegisterUserInput = z.input<typeof RegisterUserInput>

export const LogInInput = z.object({
  email: text().transform((value) => value.trim().toLowerCase()),
  password: text(),
  remember: z.boolean().optional(),
})
export type LogInInput = z.input<typeof LogInInput>

export const RequestPasswordResetInput = z.object({ email: emailAddress })

export const ResetPasswordInput = z.object({ email: emailAddress, code: mailedCode, password: text() }).superRefine(checkPassword)

export const VerifyEmailInput = z.object({ code: mailedCode })

export const UpdateProfileInput = z.object({ name: personName })
