import type { Db } from '#lib/db.ts'

/** An installation has a handful of operators; a mail to more than these would be a mistake. */
const MAX_MAILS = 20

/** The operators who are told by mail of what waits for them: the longest-serving ones, without those who are disabled. */
export function operatorsToMail(tx: Db): Promise<{ email: string; name: string; locale: string | null }[]> {
  return tx.user.findMany({
    where: { isOperator: true, disabledAt: null },
    select: { email: true, name: true, locale: true },
    orderBy: { createdAt: 'asc' },
    take: MAX_MAILS,
  })
}
