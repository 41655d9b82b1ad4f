import { headers } from 'next/headers'
import { documentAnswer } from '#lib/request-facts.ts'

/** The digest of what Next's `notFound()` throws; the only mark of it that Next carries over to other places too. */
const NOT_FOUND = 'NEXT_HTTP_ERROR_FALLBACK;404'

/**
 * Whether `error` is a `notFound()` that the page being rendered answers itself, as the document that was asked for; its status is 404 then.
 * Not for what Next's own script asks for: it shows the nearest `not-found` in the page that is there.
 */
export async function answersNotFound(error: unknown): Promise<boolean> {
  if ((error as { digest?: unknown } | null)?.digest !== NOT_FOUND) return false
  const answer = documentAnswer((await headers()).get('x-request-id') ?? '')
  // Without our own listener nobody could say 404, and the right status is worth more than the text.
  if (!answer || answer.headersSent) return false
  answer.statusCode = 404
  return true
}
