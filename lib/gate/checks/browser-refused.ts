import { passed, type StateCheck } from '../check.ts'
import { headerValues } from '../headers.ts'
import { redact } from '../redact.ts'

/** Only browsers send these. A secret in a browser can be read by everyone who opens its developer tools: it has leaked. */
const BROWSER_HEADERS = ['origin', 'sec-fetch-site']

export const browserRefused: StateCheck = {
  code: 'browser_refused',
  run({ input }) {
    const name = BROWSER_HEADERS.find((header) => headerValues(input.headers, header).length > 0)
    if (!name) return passed
    const received = `${name}: ${redact(headerValues(input.headers, name).join(', '))}`
    return {
      ok: false,
      message: 'This request came from a browser. A client secret belongs on a server: replace this one.',
      expected: 'a server',
      received,
    }
  },
}
