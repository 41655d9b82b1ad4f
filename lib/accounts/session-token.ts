import { jwtVerify, SignJWT } from 'jose'
import { subkey } from '#lib/secrets/index.ts'

const TYPE = 'xwms-session'

function key(): Uint8Array {
  return subkey('hashing', 'session')
}

/** The session cookie's value: a JWT (HS256) around a random session id. The id alone would do; the signature spares a look-up for made-up ones. */
export function signSessionToken({ sid, expiresAt }: { sid: string; expiresAt: Date }): Promise<string> {
  return new SignJWT({ sid }).setProtectedHeader({ alg: 'HS256', typ: TYPE }).setIssuedAt().setExpirationTime(expiresAt).sign(key())
}

/** The session id in a token that this installation signed and that has not expired, else null. The row must still be asked. */
export async function verifySessionToken(token: string | undefined): Promise<string | null> {
  if (!token || token.length > 4096) return null
  try {
    const { payload } = await jwtVerify(token, key(), { algorithms: ['HS256'], typ: TYPE, requiredClaims: ['exp', 'sid'] })
    return typeof payload.sid === 'string' ? payload.sid : null
  } catch {
    return null
  }
}
