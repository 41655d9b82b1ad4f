/** What clients may sign with. `Ed25519` is the newer name (RFC 9864) of what `EdDSA` means with such a key. */
export const CLIENT_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'] as const
