import type { JWK } from 'jose'
import type pg from 'pg'
import { db, type Prisma } from '#lib/db.ts'
import { decrypt } from '#lib/secrets/index.ts'
import { ALGORITHMS, type Algorithm, createKeyPair } from './key-pair.ts'

/** Private keys in the order in which a signer picks: current ones first, then next and previous, which only verify. */
export type SigningKeys = { keys: JWK[] }

/** The keys that are published, opened. */
export async function signingKeys(): Promise<SigningKeys> {
  const rows = await db().signingKey.findMany({ where: { state: { not: 'retired' } }, orderBy: { createdAt: 'desc' } })
  const order = { current: 0, next: 1, previous: 2, retired: 3 }
  rows.sort((a, b) => order[a.state] - order[b.state] || ALGORITHMS.indexOf(a.alg as 'RS256') - ALGORITHMS.indexOf(b.alg as 'RS256'))
  return { keys: rows.map((row) => JSON.parse(decrypt('signing-key', row.privateJwk, row.kid).toString()) as JWK) }
}

/**
 * Keys of each algorithm that are published before they sign. A verifier may have fetched the JWKS before several rotations in a row and not
 * ask again for minutes (`JWKS_MAX_AGE`): with this many ahead, that many rotations sign with nothing that it has not seen.
 */
const KEYS_AHEAD = 3

/**
 * Makes sure that each algorithm has a current and a next key; the others ahead are made in the background. Takes the boot's connection and runs under its lock, so that
 * processes that start together make one set.
 */
export async function ensureSigningKeys(client: Pick<pg.Pool, 'query'>): Promise<void> {
  for (const alg of ALGORITHMS) {
    for (const state of ['current', 'next'] as const) {
      const { rowCount } = await client.query('SELECT 1 FROM signing_keys WHERE alg = $1 AND state = $2::key_state', [alg, state])
      if (rowCount) continue
      const pair = await createKeyPair(alg)
      await client.query(
        `INSERT INTO signing_keys (kid, alg, state, public_jwk, private_jwk, active_at)
         VALUES ($1, $2, $3::key_state, $4, $5, CASE WHEN $3 = 'current' THEN now() END)`,
        [pair.kid, alg, state, JSON.stringify(pair.publicJwk), pair.privateJwk],
      )
    }
  }
}

/** A new `next` key of an algorithm, in the caller's transaction. */
async function addNextKey(tx: Prisma.TransactionClient, alg: Algorithm): Promise<string> {
  const pair = await createKeyPair(alg)
  await tx.signingKey.create({
    data: {
      kid: pair.kid,
      alg,
      state: 'next',
      publicJwk: pair.publicJwk as Prisma.InputJsonObject,
      privateJwk: new Uint8Array(pair.privateJwk),
    },
  })
  return pair.kid
}

/** Publishes as many keys ahead as there should be. In the caller's transaction, under its lock. Answers how many were made. */
export async function addMissingNextKeys(tx: Prisma.TransactionClient): Promise<number> {
  let made = 0
  for (const alg of ALGORITHMS) {
    const ahead = await tx.signingKey.count({ where: { alg, state: 'next' } })
    for (let count = ahead; count < KEYS_AHEAD; count++, made++) await addNextKey(tx, alg)
  }
  return made
}
