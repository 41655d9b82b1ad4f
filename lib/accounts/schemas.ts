import * as z from 'zod'
import { LOCALES } from '#lib/i18n/locale.ts'
import { lineProblem } from '#lib/text-line.ts'
import { type PasswordProblem, passwordProblem, provisionedPasswordProblem } from './password-rules.ts'

const MAX_NAME = 100
/** RFC 5321 §4.5.3.1.3 leaves 254 characters for an address. */
const MAX_EMAIL = 254
/** Enough for any address people type: RFC 5322's exotic forms are refused. No spaces, one @, a dot in the domain. */
const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=[^@]{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/

const text = () => z.string({ error: 'Required' })

const named = (code: string, message: string, params: Record<string, string | number> = {}) => ({ message, params: { code, ...params } })

/** A person's name: a line of text of 1–100 characters. Refined, not transformed, so that a form learns of its other fields as well. */
export const personName = text()
  .transform((value) => value.trim().normalize())
  .refine((value) => lineProblem(value, MAX_NAME) !== 'required', named('name_required', 'Enter your name.'))
  .refine(
    (value) => lineProblem(value, MAX_NAME) !== 'too_long',
    named('name_too_long', `At most ${MAX_NAME} characters.`, { max: MAX_NAME }),
  )
  .refine(
    (value) => lineProblem(value, MAX_NAME) !== 'characters',
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
const mailedCode = text()
  .transform((value) => value.replace(/[\s-]/g, ''))
  .refine((value) => /^\d{6}$/.test(value), named('code_form', 'Enter the 6 digits from the email.'))

type WithPassword = { password: string; name?: string | undefined; email?: string | undefined }

/** Adds the reason when the password is not good enough. */
function checkPassword(value: WithPassword, issues: z.core.$RefinementCtx<WithPassword>): void {
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

/** A password that whoever runs the installation gives somebody: as strong as those of accounts that they make. */
export const SetPasswordForInput = z
  .object({ email: emailAddress, password: text() })
  .superRefine(({ password }, issues) => addProblem(issues, provisionedPasswordProblem(password)))

export const SetOperatorInput = z.object({ email: emailAddress, operator: z.boolean() })

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

/** A line that may be left empty: absent stays as it is, empty and null clear it. */
const line = (max: number) =>
  z
    .string()
    .nullable()
    .transform((value) => value?.trim().normalize() || null)
    .refine((value) => !value || lineProblem(value, max) !== 'too_long', named('too_long', `At most ${max} characters.`, { max }))
    .refine((value) => !value || lineProblem(value, max) !== 'characters', named('characters', 'This has characters that cannot be used.'))

/** A date of the calendar, as OpenID Connect has `birthdate`: YYYY-MM-DD, not before 1900, not to come. */
function isBirthdate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) && value >= '1900-01-01' && date <= new Date()
}

const MAX_PICTURE = 2000

/** An https address of an image. Whoever shows it asks that host, so nothing but https will do. */
function isPicture(value: string): boolean {
  const url = URL.parse(value)
  return url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.')
}

/** What a person says of themself: the members of OpenID Connect's claims and of `get/user/info`. */
export const UpdateProfileInput = z.object({
  name: personName.optional(),
  givenName: line(MAX_NAME).optional(),
  familyName: line(MAX_NAME).optional(),
  picture: line(MAX_PICTURE)
    .refine((value) => !value || isPicture(value), named('picture_invalid', 'The address of an image, beginning with https://.'))
    .optional(),
  birthdate: line(10)
    .refine((value) => !value || isBirthdate(value), named('birthdate_invalid', 'This is not a date of birth.'))
    .optional(),
  gender: line(40).optional(),
  /** As E.164 writes it: what people put between the digits is dropped. */
  phone: line(40)
    .transform((value) => value?.replace(/[\s().-]/g, '') || null)
    .refine(
      (value) => !value || /^\+[1-9]\d{5,14}$/.test(value),
      named('phone_invalid', 'Begin with + and the country code: +31 6 12345678.'),
    )
    .optional(),
  secondEmail: line(MAX_EMAIL)
    .transform((value) => value?.toLowerCase() ?? null)
    .refine((value) => !value || emailAddress.safeParse(value).success, named('email_invalid', 'This is not an email address.'))
    .optional(),
  /** ISO 3166-1 alpha-2; whether it exists, the verb asks. */
  country: line(2)
    .transform((value) => value?.toUpperCase() ?? null)
    .optional(),
})
export type UpdateProfileInput = z.input<typeof UpdateProfileInput>

/** Null: as the browser says. */
export const UpdateDisplayInput = z.object({
  locale: z.enum(LOCALES).nullable().optional(),
  theme: z.enum(['light', 'dark']).nullable().optional(),
})

export const ChangePasswordInput = z.object({
  currentPassword: z.string().optional(),
  password: text(),
  /** Ends the sessions on other devices, and with them the tokens of apps that were authorized there. */
  endSessions: z.boolean().default(false),
  /** Ends every token of every app; what the apps may do stays allowed. */
  endTokens: z.boolean().default(false),
})

export const RequestEmailChangeInput = z.object({ email: emailAddress, password: z.string().optional() })

export const ConfirmEmailChangeInput = z.object({ code: mailedCode })
