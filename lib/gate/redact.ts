const MAX_LENGTH = 100
/** What could be a control character or begin a secret. */
const UNUSUAL = /[^ -~]|xws_/i

/** A value that a stranger sent, fit for a log: cut short, without control characters, and never a client secret, whole or in part. */
export function redact(text: string): string {
  if (text.length <= MAX_LENGTH && !UNUSUAL.test(text)) return text
  const plain = text
    .slice(0, 1000)
    .replace(/\p{Cc}/gu, '?')
    .replace(/xws_(live|test)_\S*/gi, 'xws_$1_[redacted]')
  return plain.length > MAX_LENGTH ? `${plain.slice(0, MAX_LENGTH)}…` : plain
}
