import { createCipheriv, createDecipheriv, createSecretKey, hash, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { fastRandomBytes } from '../random.ts'
import { peekSingleton, setSingleton, singleton } from '../registry.ts'

const PURPOSES = ['hashing', 'encryption'] as const
type Purpose = (typeof PURPOSES)[number]
type Keys = Record<Purpose, Buffer>

const NAME = 'secrets.data-keys'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SHA256_BLOCK = 64
const SHA256_BYTES = 32

type Queryable = Pick<pg.Pool, 'query'>

/**
 * Opens the installation's data keys, making them on first use, and wraps them anew when only `previous` opens them. Call under the
 * boot lock. @throws Error when neither secret opens them.
 */
export async function loadDataKeys(client: Queryable, appSecret: string, previous?: string): Promise<void> {
  const { rows } = await client.query<{ purpose: Purpose; wrapped: Buffer }>('SELECT purpose, wrapped FROM data_keys')
  const keys: Partial<Keys> = {}
  for (const { purpose, wrapped } of rows) {
    const current = unwrap(wrapped, appSecret, purpose)
    const opened = current ?? (previous === undefined ? undefined : unwrap(wrapped, previous, purpose))
    if (!opened)
      throw new Error(
        'APP_SECRET does not open the keys in this database; set APP_SECRET_PREVIOUS to the secret it was started with before',
      )
    if (!current) await store(client, purpose, wrap(opened, appSecret, purpose))
    keys[purpose] = opened
  }
  for (const purpose of PURPOSES) {
    if (keys[purpose]) continue
    keys[purpose] = randomBytes(32)
    await store(client, purpose, wrap(keys[purpose], appSecret, purpose))
  }
  setSingleton(NAME, keys as Keys)
}

function store(client: Queryable, purpose: Purpose, wrapped: Buffer): Promise<unknown> {
  return client.query(
    `INSERT INTO data_keys (purpose, wrapped, updated_at) VALUES ($1, $2, now())
     ON CONFLICT (purpose) DO UPDATE SET wrapped = excluded.wrapped, updated_at = now()`,
    [purpose, wrapped],
  )
}

/** Whether this process has opened the data keys. */
export function dataKeysLoaded(): boolean {
  return peekSingleton<Keys>(NAME) !== undefined
}

function dataKeys(): Keys {
  const keys = peekSingleton<Keys>(NAME)
  if (!keys) throw new Error('the data keys are not loaded')
  return keys
}

/** A key of its own for one use of a data key (HKDF-SHA-256, RFC 5869), so that no two uses share key material. */
export function subkey(purpose: Purpose, use: string): Buffer {
  return singleton(`secrets.subkey.${purpose}.${use}`, () => Buffer.from(hkdfSync('sha256', dataKeys()[purpose], '', `xwms ${use}`, 32)))
}

/** The subkey as Node wants it: made once, since turning bytes into a key costs more than using it. */
function keyOf(purpose: Purpose, use: string): KeyObject {
  return singleton(`secrets.key.${purpose}.${use}`, () => createSecretKey(subkey(purpose, use)))
}

/**
 * HMAC-SHA-256 (RFC 2104) of `value` under the hashing key of `use`. As two hashes over prepared pads: Node's own Hmac costs several times
 * what it computes, and this is on the way of every request.
 */
export function hmac(use: string, value: string | Buffer): Buffer {
  const { inner, outer } = padsOf(use)
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  outer.write(hash('sha256', Buffer.concat([inner, bytes]), 'binary'), SHA256_BLOCK, 'binary')
  return digest(outer)
}

/** By way of a string: as a buffer, Node's answer costs more than the hash. */
function digest(bytes: string | Buffer): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary')
}

/** `outer` has room for a hash behind the pad, where each computation writes its own. */
type Pads = { inner: Buffer; outer: Buffer }

function padsOf(use: string): Pads {
  return singleton(`secrets.pads.${use}`, () => {
    const key = subkey('hashing', use)
    const pad = (byte: number) => Buffer.from(Array.from({ length: SHA256_BLOCK }, (_, at) => (key[at] ?? 0) ^ byte))
    return { inner: pad(0x36), outer: Buffer.concat([pad(0x5c), Buffer.alloc(SHA256_BYTES)]) }
  })
}

/** SHA-256: for values with at least 128 bits of entropy only. */
export function sha256(value: string): Buffer {
  return digest(value)
}

/** AES-256-GCM under the encryption key of `use`: nonce, tag, ciphertext. `bound` must be the same when decrypting. */
export function encrypt(use: string, plain: string | Buffer, bound: string | Buffer = ''): Buffer {
  return seal(keyOf('encryption', use), Buffer.isBuffer(plain) ? plain : Buffer.from(plain), bound)
}

/** Undoes {@link encrypt}. @throws Error when the bytes were changed, or made for another use or binding. */
export function decrypt(use: string, sealed: Uint8Array, bound: string | Buffer = ''): Buffer {
  return open(keyOf('encryption', use), sealed, bound)
}

function seal(key: Buffer | KeyObject, plain: Buffer, bound: string | Buffer): Buffer {
  const nonce = fastRandomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

function open(key: Buffer | KeyObject, sealed: Uint8Array, bound: string | Buffer): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}

function wrappingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'xwms data key wrapping', 32))
}

function wrap(key: Buffer, secret: string, purpose: Purpose): Buffer {
  return seal(wrappingKey(secret), key, purpose)
}

function unwrap(wrapped: Uint8Array, secret: string, purpose: Purpose): Buffer | undefined {
  try {
    return open(wrappingKey(secret), wrapped, purpose)
  } catch {
    return undefined
  }
}
