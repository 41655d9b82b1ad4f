import { expect } from 'vitest'
import { client, provider } from './testing-flow.ts'

// What the tests of strange values and of strange claims share.

/** The fixture's client, as it authenticates in a form. */
export const mine = () => ({ client_id: client.id, client_secret: client.secret })

/** Sends a form, or asks without one; goes nowhere that the answer leads to. */
export function sendAny(path: string, form: string | null, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${provider.origin}${path}`, {
    redirect: 'manual',
    headers: { ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    ...(form === null ? {} : { method: 'POST', body: form }),
  })
}

/** A decision of ours, in whatever form, that can be found again. */
export async function expectDecided(answer: Response, what: string): Promise<void> {
  expect(answer.status, `${what}: ${await answer.text()}`).toBeLessThan(500)
  expect(answer.headers.get('x-request-id'), what).toMatch(/^req_/)
}
