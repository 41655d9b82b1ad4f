// Owns the forms of client secrets (generate, hash, checksum) and the data keys that hash and encrypt what is stored. Knows no entity.

export { checksumOk, generateClientSecret, hashClientSecret, secretHint, secretMode } from './client-secret.ts'
export { decrypt, encrypt, hmac, loadDataKeys, sha256, subkey } from './data-keys.ts'
export { openDataKeys } from './open-data-keys.ts'
