import { findOpenRequest } from './internal.ts'

/**
 * Where the log-in of a start token will end: an origin, or a scheme for a native app; null when it is over. Only for the page's policy,
 * which must let forms lead there; it answers nothing else, whoever asks.
 */
export async function signTarget(token: string): Promise<string | null> {
  const uri = URL.parse((await findOpenRequest(token))?.redirectUri ?? '')
  if (!uri) return null
  return uri.origin === 'null' ? uri.protocol : uri.origin
}
