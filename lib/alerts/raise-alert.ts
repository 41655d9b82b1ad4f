import { type Db, transaction } from '#lib/db.ts'
import { env } from '#lib/env.ts'
import { newId } from '#lib/ids.ts'
import { queueMail } from '#lib/mail/index.ts'
import { ownersOf } from './internal.ts'
import type { AlertKind, Evidence } from './kinds.ts'

const MAX_EVIDENCE = 20

export type RaiseInput = {
  clientId: string
  kind: AlertKind
  evidence: Evidence
  occurrences: number
  /** What is told for one moment after the other: the same moment, or an earlier one, counts nothing more. */
  onceAMoment?: boolean
}

/**
 * Puts an alert on a client and mails its owners in the same transaction. The same kind on the same UTC day counts up on the alert that
 * is there and mails nobody. Does nothing for a client that is gone.
 */
export async function raiseAlert(input: RaiseInput, now = new Date()): Promise<void> {
  const { clientId, kind, evidence } = input
  await transaction(async (tx) => {
    const client = await tx.client.findFirst({ where: { id: clientId, deletedAt: null }, select: { name: true, teamId: true } })
    if (!client) return
    if (kind === 'secret_in_browser') await markSecret(tx, clientId, evidence.secret_id, now)
    const fresh = await upsert(tx, { ...input, evidence: { at: now.toISOString(), ...evidence } }, now)
    if (!fresh) return
    const url = `${env().PUBLIC_URL}/clients/${clientId}`
    for (const { email, name, locale } of await ownersOf(tx, client.teamId)) {
      await queueMail(tx, { to: email, template: 'client_alert', locale, params: { name, client: client.name, kind, url } })
    }
  })
}

/** The alert of a day keeps its first pieces of evidence only; the secret itself keeps that a browser had it. */
async function markSecret(tx: Db, clientId: string, secretId: Evidence[string] | undefined, now: Date): Promise<void> {
  if (typeof secretId === 'string') await tx.clientSecret.updateMany({ where: { id: secretId, clientId }, data: { browserSeenAt: now } })
}

/** Whether the alert is new. */
async function upsert(tx: Db, { clientId, kind, evidence, occurrences, onceAMoment = false }: RaiseInput, now: Date): Promise<boolean> {
  const id = newId('al')
  const day = now.toISOString().slice(0, 10)
  const seen = JSON.stringify([evidence])
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO alerts AS a (id, client_id, kind, event, occurrences, evidence, first_at, last_at)
    VALUES (${id}, ${clientId}, ${kind}, ${day}, ${occurrences}, ${seen}::jsonb, ${now}, ${now})
    ON CONFLICT (client_id, kind, event) DO UPDATE SET
      occurrences = a.occurrences + excluded.occurrences,
      last_at = greatest(a.last_at, excluded.last_at),
      evidence = CASE WHEN jsonb_array_length(a.evidence) < ${MAX_EVIDENCE}::int THEN a.evidence || excluded.evidence ELSE a.evidence END
    WHERE NOT ${onceAMoment} OR a.last_at < excluded.last_at
    RETURNING id`
  return rows[0]?.id === id
}
