const MIN = 10
/** NIST SP 800-63B §5.1.1.2: what an operator hands out may be shorter, never less than this. */
const MIN_PROVISIONED = 8
/** Besides one's own name, so many characters must be something else. */
const LEFT_OVER = 6
/** Long enough for any passphrase, short enough that nobody makes the server chew on megabytes. */
export const MAX_PASSWORD = 1000

export type PasswordProblem = { code: string; message: string; min?: number; max?: number }

/** The commonest passwords of at least ten characters, from published leaks; shorter ones are refused for their length. */
const COMMON = new Set(
  `1234567890 0123456789 9876543210 0987654321 1234512345 1122334455 12345678910 123456789a a123456789 123456789q q123456789
  1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc qwertyuiop qwerty1234 qwerty12345 qwerty123456 asdfghjkl1 asdfghjkl; zxcvbnm123
  zaq12wsxcde3 password12 password123 password1234 password12345 password01 passwordpassword password11 password99 password2024
  password2025 password2026 passw0rd123 p@ssword123 p@ssw0rd123 p@ssw0rd12 mypassword mypassword1 yourpassword newpassword newpassword1
  changeme123 letmein123 letmein1234 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 wachtwoord wachtwoord1 wachtwoord12
  wachtwoord123 geheim1234 welkom1234 welkom12345 admin12345 admin123456 administrator adminadmin iloveyou12 iloveyou123 iloveyousomuch
  football123 basketball baseball123 sunshine123 princess123 superman123 batman1234 starwars123 pokemon1234 michael123 liverpool1
  liverpool123 manchester chelsea123 arsenal123 barcelona1 realmadrid jennifer123 christopher abcdefghij abcdef1234 abcdefg123 abc1234567
  abcd123456 abcd1234567 qazwsxedcrfv aaaaaaaaaa 1111111111 0000000000 dragon1234 monkey1234 master1234 shadow1234 computer123 internet123
  samsung123 whatever123 trustno1234 correcthorsebatterystaple`.split(/\s+/),
)

/** As {@link passwordProblem}, for an account that an operator makes on the command line: length only. */
export function provisionedPasswordProblem(password: string): PasswordProblem | null {
  if (password.length > MAX_PASSWORD)
    return { code: 'password_too_long', message: `At most ${MAX_PASSWORD} characters.`, max: MAX_PASSWORD }
  if ([...password].length >= MIN_PROVISIONED) return null
  return { code: 'password_too_short', message: `At least ${MIN_PROVISIONED} characters.`, min: MIN_PROVISIONED }
}

/** Why this password is not good enough, or null. `own` are the person's e-mail address and name. */
export function passwordProblem(password: string, own: (string | undefined)[]): PasswordProblem | null {
  if (password.length === 0) return { code: 'password_required', message: 'Enter a password.' }
  if (password.length > MAX_PASSWORD)
    return { code: 'password_too_long', message: `At most ${MAX_PASSWORD} characters.`, max: MAX_PASSWORD }
  if ([...password].length < MIN) return { code: 'password_too_short', message: `At least ${MIN} characters.`, min: MIN }
  const lower = password.toLowerCase()
  if (COMMON.has(lower) || new Set(lower).size < 4) {
    return { code: 'password_common', message: 'Many people use this password, so it is among the first to be guessed.' }
  }
  if (isOwn(lower, own)) {
    return { code: 'password_personal', message: 'Your password must be more than your name or email address.' }
  }
  return null
}

/** Whether the password is little more than the person's own name or address. */
function isOwn(password: string, own: (string | undefined)[]): boolean {
  const parts = own.flatMap((value) => {
    const whole = (value ?? '').trim().toLowerCase()
    return [whole, whole.split('@')[0] ?? '', whole.replace(/\s+/g, ''), ...whole.split(/[\s@.]+/)]
  })
  // Short names ("Al") turn up in good passwords by chance. The longest go first, or their parts would leave them in pieces.
  const telling = parts.filter((part) => part.length >= 3).sort((a, b) => b.length - a.length)
  const rest = telling.reduce((left, part) => left.replaceAll(part, ''), password)
  return rest !== password && rest.replace(/[^\p{L}\p{N}]/gu, '').length < LEFT_OVER
}
