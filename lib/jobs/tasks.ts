import type { TaskList } from 'graphile-worker'
import * as z from 'zod'
import { watchErrors, watchQuota, watchRates, watchSecrets } from '#lib/alerts/index.ts'
import { purgeDeletedClients } from '#lib/clients/index.ts'
import { tendSigningKeys } from '#lib/keys/index.ts'
import { log } from '#lib/log.ts'
import { deliverLogout, dueLogouts } from '#lib/logouts/index.ts'
import { dueMails, sendMail } from '#lib/mail/index.ts'
import { createPartitions, purgeRequests } from '#lib/requests/index.ts'
import { pruneUsage } from '#lib/usage/index.ts'
import { purgeExpired } from './purge-expired.ts'

const SendMail = z.object({ id: z.string() })
const DeliverLogout = z.object({ id: z.string() })

/** Every kind of job. Names are stored in the queue: renaming one strands what waits. */
export const TASKS: TaskList = {
  'send-mail': async (payload) => sendMail(SendMail.parse(payload).id),
  'sweep-mail': async (_, { addJob }) => {
    for (const id of await dueMails()) {
      await addJob('send-mail', { id }, { jobKey: `mail:${id}`, jobKeyMode: 'unsafe_dedupe', maxAttempts: 12 })
    }
  },
  'deliver-logout': async (payload, { addJob }) => {
    const { id } = DeliverLogout.parse(payload)
    const runAt = await deliverLogout(id)
    if (runAt) await addJob('deliver-logout', { id }, { runAt, maxAttempts: 1 })
  },
  'sweep-logouts': async (_, { addJob }) => {
    for (const id of await dueLogouts()) {
      await addJob('deliver-logout', { id }, { jobKey: `logout:${id}`, maxAttempts: 1 })
    }
  },
  'create-partitions': async () => createPartitions(),
  'tend-keys': async () => log().info({ keys: await tendSigningKeys() }, 'tended the signing keys'),
  'watch-rates': async () => watchRates(),
  'watch-errors': async () => watchErrors(),
  'watch-quota': async () => watchQuota(),
  'watch-secrets': async (_, { abortSignal }) => watchSecrets({ signal: abortSignal }),
  'purge-requests': async (_, { abortSignal }) => {
    log().info(await purgeRequests({ signal: abortSignal }), 'purged the request log')
    log().info({ pruned: await pruneUsage({ signal: abortSignal }) }, 'pruned the usage')
  },
  'purge-expired': async (_, { abortSignal }) => {
    log().info({ purged: await purgeExpired({ signal: abortSignal }) }, 'purged what expired')
    await purgeDeletedClients({ signal: abortSignal })
  },
}

/** When the regular ones run (UTC), in crontab form. `fill` catches up after downtime. */
export const SCHEDULE = `
* * * * * sweep-mail ?max=3
* * * * * sweep-logouts ?max=3
* * * * * watch-rates
10 * * * * watch-errors ?max=3
*/5 * * * * watch-quota ?max=3
41 * * * * watch-secrets ?fill=2h&max=5
13 3 * * * tend-keys ?fill=2d&max=5
0 */6 * * * create-partitions ?fill=1d&max=5
7 * * * * purge-expired ?max=3
37 * * * * purge-requests ?max=3
`
