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
  'secret_expires_in_30_days',
  'secret_expires_in_7_days',
  'secret_expires_in_1_day',
  /** A secret that works and that nothing has used for 90 days. */
  'secret_unused',
] as const

/** What the watch on teams tells apart: how much of the month's plan is used, in percent. */
export const TEAM_ALERT_KINDS = ['quota_80', 'quota_100'] as const

export type AlertKind = (typeof ALERT_KINDS)[number]
export type TeamAlertKind = (typeof TEAM_ALERT_KINDS)[number]

/** Those of secrets that come to their time by themselves, and are told to the owners together. */
export type SecretAlertKind = Extract<AlertKind, `secret_expires_${string}` | 'secret_unused'>

/** What was seen: short texts and numbers, never a secret. */
export type Evidence = Record<string, string | number | null>
