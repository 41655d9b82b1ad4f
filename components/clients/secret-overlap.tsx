import { getTranslations } from 'next-intl/server'
import { RelativeTime } from '#components/ui/time.tsx'
import type { SecretDto } from '#lib/clients/index.ts'
import { Countdown } from './countdown.tsx'

const HOUR_MS = 3_600_000

/** The two sides of a rotation whose overlap is still running. */
export type Overlap = { old: SecretDto; next: SecretDto }

/** The rotation that `secret` is part of, as the old one or the new one. */
export function overlapOf(secret: SecretDto, secrets: readonly SecretDto[]): Overlap | null {
  const ending = (one: SecretDto | undefined) => (one?.state === 'expiring' ? one : undefined)
  const old = ending(secrets.find(({ id }) => id === secret.replacesId))
  if (old) return { old, next: secret }
  const next = secrets.find(({ replacesId, state }) => replacesId === secret.id && state !== 'revoked' && state !== 'expired')
  return next && ending(secret) ? { old: secret, next } : null
}

/** When a secret ends, counting down; nothing for one without an end. */
export async function SecretEnd({ expiresAt }: { expiresAt: string | null }) {
  if (!expiresAt) return null
  const t = await getTranslations('secrets')
  const seconds = Math.max(0, Math.round((Date.parse(expiresAt) - Date.now()) / 1000))
  return <Countdown until={expiresAt} seconds={seconds} days={t('days')} />
}

/** What the rotation means for this row: the countdown, and for the old one whether something still uses it. */
export async function OverlapNote({ secret, overlap: { old, next } }: { secret: SecretDto; overlap: Overlap }) {
  const t = await getTranslations('secrets')
  if (secret.id === next.id) {
    return <p>{t.rich('takesOver', { hint: old.hint, time: () => <SecretEnd expiresAt={old.expiresAt} /> })}</p>
  }
  return <p>{t('takenOver', { hint: next.hint })}</p>
}

/** Whether the old secret of a rotation is still in use: what one waits for before revoking it. */
export async function OldSecretUse({ overlap: { old, next } }: { overlap: Overlap }) {
  const t = await getTranslations('secrets')
  const { lastUsedAt, lastUsedIp } = old
  if (!lastUsedAt || lastUsedAt < next.createdAt) return <p className="text-success-text">{t('silent')}</p>
  const time = () => <RelativeTime date={new Date(lastUsedAt)} />
  if (Date.now() - Date.parse(lastUsedAt) > HOUR_MS) return <p className="text-success-text">{t.rich('silentSince', { time })}</p>
  const text = lastUsedIp ? t.rich('stillUsed', { time, ip: lastUsedIp }) : t.rich('stillUsedNowhere', { time })
  return <p className="text-warning-text">{text}</p>
}
