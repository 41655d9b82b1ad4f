import { decrypt, encrypt } from '#lib/secrets/index.ts'

/**
 * What stands for a stored token in a page: neither its id nor the hash of it, and good for this client only. Another one each time.
 */
export function tokenReference(clientId: string, idHash: Uint8Array): string {
  return encrypt('token-reference', Buffer.from(idHash), clientId).toString('base64url')
}

/** The hash behind a reference; null when it is not one of this client. */
export function readReference(clientId: string, reference: string): Buffer | null {
  try {
    return decrypt('token-reference', Buffer.from(reference, 'base64url'), clientId)
  } catch {
    return null
  }
}

/** Where the next page begins. */
export type Position = { at: Date; idHash: Buffer }

export function writeCursor(clientId: string, { at, idHash }: { at: Date; idHash: Uint8Array }): string {
  const time = Buffer.alloc(8)
  time.writeBigInt64BE(BigInt(at.getTime()))
  return encrypt('token-cursor', Buffer.concat([time, idHash]), clientId).toString('base64url')
}

export function readCursor(clientId: string, cursor: string): Position | null {
  try {
    const plain = decrypt('token-cursor', Buffer.from(cursor, 'base64url'), clientId)
    return { at: new Date(Number(plain.readBigInt64BE())), idHash: plain.subarray(8) }
  } catch {
    return null
  }
}
