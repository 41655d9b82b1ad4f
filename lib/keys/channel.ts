/** PostgreSQL NOTIFY channel: the signing keys changed. */
export const KEYS_CHANNEL = 'xwms_keys'
