import { env } from '#lib/env.ts'
import { type HeaderCheck, passed } from '../check.ts'

/** An https installation is not to be spoken to in the clear: the secret would be on the wire. */
export const httpsRequired: HeaderCheck = {
  code: 'https_required',
  run({ secure }) {
    if (secure || !env().secure) return passed
    return { ok: false, message: 'Use https: this request came in the clear.', expected: 'https', received: 'http' }
  },
}
