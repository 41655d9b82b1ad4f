import type { Prisma } from '#lib/db.ts'

/** One change of the keys at a time, until the transaction ends: two rotations at once would each promote a key the other just demoted. */
export async function lockSigningKeys(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('xwms signing keys'))`
}
