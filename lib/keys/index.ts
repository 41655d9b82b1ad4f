// Owns the key pairs that sign tokens: their states (next, current, previous, retired), their rotation, and telling every process.

export { KEYS_CHANNEL } from './channel.ts'
export { listSigningKeys, type SigningKeyDto } from './list-signing-keys.ts'
export { rotateSigningKeys } from './rotate-signing-keys.ts'
export { ensureSigningKeys, type SigningKeys, signingKeys } from './signing-keys.ts'
export { type Tended, tendSigningKeys } from './tend-signing-keys.ts'
