// Owns the forms of client secrets (generate, hash, checksum) and the data keys that hash and encrypt what is stored. Knows no entity.
export { dataKeysLoaded, decrypt, encrypt, hmac, loadDataKeys, rewrapDataKeys, sha256, subkey } from './data-keys.ts'
export { checksumOk, generateClientSecret, hashClientSecret, secretHint, secretMode } from './client-secret.ts'
