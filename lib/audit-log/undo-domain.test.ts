import { beforeEach, describe, expect, it } from 'vitest'
import { addRedirectUri, createClient, getClient, setSecretDomains } from '#lib/clients/index.ts'
import { db } from '#lib/db.ts'
import { removeDomain, setDomain, setPrimaryDomain } from '#lib/domains/index.ts'
import { changePlan } from '#lib/team-plan/index.ts'
import { type Cast, makeCast } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { listEvents, undoEvent } from './index.ts'

useTestDatabase()
const host = 'shop.example.com'
let cast: Cast
let clientId: string

beforeEach(async () => {
  cast = await makeCast()
  await changePlan({ ctx: cast.owner, input: { teamId: cast.teamId, plan: 'free' } })
  clientId = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })).client.id
})

const owner = () => cast.owner
const undo = (eventId: string) => undoEvent({ ctx: owner(), input: { teamId: cast.teamId, eventId } })

async function latest(action: string): Promise<string> {
  const { events } = await listEvents({ ctx: owner(), input: { teamId: cast.teamId, action } })
  return events[0]?.id ?? ''
}

describe('undoEvent, of a domain', () => {
  it('brings back a domain with what was set on it, its redirect URIs, and that it was the primary one', async () => {
    const set = { allowApi: false, mode: 'live' as const, ipAllowlist: ['203.0.113.0/24'], ipMonitor: true }
    const { id } = await setDomain({ ctx: owner(), input: { clientId, host, ...set } })
    await setPrimaryDomain({ ctx: owner(), input: { clientId, domainId: id } })
    await addRedirectUri({ ctx: owner(), input: { clientId, uri: `https://${host}/cb` } })
    await addRedirectUri({ ctx: owner(), input: { clientId, uri: `https://${host}/bye`, kind: 'logout' } })
    const state = async () => {
      const row = await db().domain.findFirst({ where: { clientId, host } })
      const uris = (await getClient({ ctx: owner(), input: { clientId } })).redirectUris
      return [
        row?.allowApi,
        row?.mode,
        row?.ipAllowlist,
        row?.ipMonitor,
        row?.isPrimary,
        uris.map(({ uri, kind }) => `${kind} ${uri}`).sort(),
      ]
    }
    const was = await state()
    await removeDomain({ ctx: owner(), input: { clientId, domainId: id } })
    expect((await state()).at(-1)).toEqual([])
    const eventId = await latest('domain.removed')
    await undo(eventId)
    expect(was).toEqual([false, 'live', ['203.0.113.0/24'], true, true, [`login https://${host}/cb`, `logout https://${host}/bye`]])
    expect(await state()).toEqual(was)
    await expect(undo(eventId)).rejects.toMatchObject({ params: { reason: 'undo_done' } })
  })

  it('never widens a secret whose domain went meanwhile', async () => {
    const made = await setDomain({ ctx: owner(), input: { clientId, host } })
    const local = (await getClient({ ctx: owner(), input: { clientId } })).domains.find((one) => one.host === 'localhost')
    const [secret] = (await getClient({ ctx: owner(), input: { clientId } })).secrets
    const restrict = (...domainIds: string[]) =>
      setSecretDomains({ ctx: owner(), input: { clientId, secretId: secret?.id ?? '', domainIds } })
    await restrict(made.id)
    await restrict(local?.id ?? '')
    const eventId = await latest('secret.restricted')
    await removeDomain({ ctx: owner(), input: { clientId, domainId: made.id } })
    await expect(undo(eventId)).rejects.toMatchObject({ params: { reason: 'undo_changed_since' } })
    expect((await getClient({ ctx: owner(), input: { clientId } })).secrets[0]?.domainIds).toEqual([local?.id])
  })
})
