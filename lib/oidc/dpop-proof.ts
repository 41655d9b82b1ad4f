import { timingSafeEqual } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWTPayload, jwtVerify } from 'jose'
import { hmac, sha256 } from '#lib/secrets/index.ts'
import { CLIENT_ALGORITHMS } from './algorithms.ts'
import { firstUse } from './replay-detection.ts'

/** How far a proof's clock may be off, and how long its id is remembered. */
const WINDOW_SECONDS = 300
/** A nonce is good for this long, and for as long again. */
const NONCE_SECONDS = 150

/** How a token was presented to an API of ours. `url` is where it was sent, as the world knows the place. */
export type ProofUse = { proofs: readonly string[]; method: string; url: string }
export type BoundToken = { value: string; jkt: string; clientId: string; requireNonce: boolean }

export type ProofVerdict =
  | { ok: true; nonce?: string }
  | { ok: false; error: 'invalid_dpop_proof' | 'use_dpop_nonce'; description: string; nonce?: string }

const bad = (description: string): ProofVerdict => ({ ok: false, error: 'invalid_dpop_proof', description })

/**
 * Whether who presents a bound token holds its key (RFC 9449 §7.1), here and now: the proof is for this method, place and token, young or with a
 * nonce of ours, and was never used before on any process.
 */
export async function checkProof(token: BoundToken, { proofs, method, url }: ProofUse): Promise<ProofVerdict> {
  const [proof] = proofs
  if (proof === undefined || proofs.length > 1) return bad('one DPoP proof is needed')
  const verified = await verify(proof)
  if (!verified) return bad('the DPoP proof is not valid')
  const { payload, jkt } = verified
  if (jkt !== token.jkt) return bad('the DPoP proof is of another key')
  if (typeof payload.jti !== 'string' || payload.jti === '' || typeof payload.iat !== 'number')
    return bad('the DPoP proof needs jti and iat')
  if (payload.htm !== method) return bad('the DPoP proof is for another method')
  if (placeOf(payload.htu) !== placeOf(url)) return bad('the DPoP proof is for another address')
  if (payload.ath !== sha256(token.value).toString('base64url')) return bad('the DPoP proof is for another token')

  const now = Math.floor(Date.now() / 1000)
  const wanted = (description: string): ProofVerdict => ({ ok: false, error: 'use_dpop_nonce', description, nonce: nonceAt(now) })
  if (payload.nonce === undefined) {
    if (token.requireNonce) return wanted('the DPoP proof needs the nonce of this answer')
    if (Math.abs(now - payload.iat) > WINDOW_SECONDS)
      return wanted('the DPoP proof is too old or early: send it with the nonce of this answer')
  } else if (!isNonce(payload.nonce, now)) return wanted('the nonce of the DPoP proof is unknown or old')
  if (!(await firstUse(token.clientId, payload.jti, now + WINDOW_SECONDS))) return bad('the DPoP proof was used before')
  return payload.nonce === undefined || payload.nonce === nonceAt(now) ? { ok: true } : { ok: true, nonce: nonceAt(now) }
}

type Proof = JWTPayload & { htm?: unknown; htu?: unknown; ath?: unknown; nonce?: unknown }

async function verify(proof: string): Promise<{ payload: Proof; jkt: string } | null> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { algorithms: [...CLIENT_ALGORITHMS], typ: 'dpop+jwt' })
    return { payload, jkt: await calculateJwkThumbprint(protectedHeader.jwk as object) }
  } catch (error) {
    // What the sender wrote, whatever it is, is no fault of ours.
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError)
      return null
    throw error
  }
}

/** Without query and fragment (§4.3), normalized. */
function placeOf(htu: unknown): string | null {
  const url = typeof htu === 'string' ? URL.parse(htu) : null
  return url && `${url.origin}${url.pathname}`
}

/** The same on every process, and worth nothing to who knows it: it only tells that a proof was not made long ahead. */
function nonceAt(seconds: number): string {
  return hmac('api-dpop-nonce', String(Math.floor(seconds / NONCE_SECONDS))).toString('base64url')
}

function isNonce(nonce: unknown, now: number): boolean {
  if (typeof nonce !== 'string') return false
  const given = Buffer.from(nonce)
  return [now, now - NONCE_SECONDS].some((at) => {
    const known = Buffer.from(nonceAt(at))
    return given.length === known.length && timingSafeEqual(given, known)
  })
}
