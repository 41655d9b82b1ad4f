/** What the watch on clients tells apart. Stored, and keys of texts: add, never rename. */
export const ALERT_KINDS = [
  /** An address guessed at this client's secret until the gate refused it. */
  'failed_attempts_address',
  /** Wrong secrets for this client, from whatever addresses. */
  'failed_attempts_client',
  /** The gate met a right secret with a browser's headers. */
  'secret_in_browser',
  /** A right secret from outside the domain's IP allowlist. */
  'secret_outside_allowlist',
  /** Far more requests than usual. */
  'unusual_rate',
  /** More than a fifth of an hour's requests failed. */
  'many_errors',
] as const

export type AlertKind = (typeof ALERT_KINDS)[number]

/** What was seen: short texts and numbers, never a secret. */
export type Evidence = Record<string, string | number | null>
