import { env } from '#lib/env.ts'

/** Says on stdout where the server is and what to do next. */
export function sayReady(): void {
  const { PUBLIC_URL, BRAND_NAME, embedded, DATA_DIR, SMTP_URL } = env()
  const lines = [
    '',
    `  ${BRAND_NAME} Clients is ready at ${PUBLIC_URL}`,
    '',
    `  1. Create your account       ${PUBLIC_URL}/register`,
    `  2. Create your first client  ${PUBLIC_URL}/clients`,
    `  3. Point your app at the issuer  ${PUBLIC_URL}/oidc`,
    '',
    `  Make that account operator   npm run xwms -- user operator you@example.com`,
    ...(embedded ? [`  Data is in ${DATA_DIR}; back it up.`] : []),
    ...(SMTP_URL ? [] : ['  No SMTP_URL is set: mail is kept and not sent.']),
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
