import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 8_192

const pool = Buffer.allocUnsafe(POOL_BYTES)
let used = POOL_BYTES

/**
 * `size` bytes (at most 1024) from the CSPRNG. Fetched in larger portions, because each call into it costs as much as a kilobyte;
 * what is handed out is wiped from the store, and every process has its own.
 */
export function fastRandomBytes(size: number): Buffer {
  if (used + size > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + size))
  pool.fill(0, used, used + size)
  used += size
  return bytes
}
