import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/db.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { createClient, deleteClient, disableClient, getClient, readLogo, removeLogo, setLogo, updateClient } from './index.ts'

const PNG: Buffer<ArrayBuffer> = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** The header of a PNG of this size. */
function pngOf(width: number, height: number, bytes = 64): Buffer<ArrayBuffer> {
  const data = Buffer.concat([PNG.subarray(0, 33), Buffer.alloc(bytes)])
  data.writeUInt32BE(width, 16)
  data.writeUInt32BE(height, 20)
  return data
}

describe('name, description and logo of a client', () => {
  useTestDatabase()
  let cast: Cast
  let clientId: string

  beforeEach(async () => {
    cast = await makeCast()
    clientId = (await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name: 'Shop' } })).client.id
  })

  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'ok'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    const ctx = cast[actor]
    expect(await outcome(updateClient({ ctx, input: { clientId, description: 'Words' } }))).toBe(expected)
    expect(await outcome(setLogo({ ctx, input: { clientId, content: PNG } }))).toBe(expected)
    expect(await outcome(removeLogo({ ctx, input: { clientId } }))).toBe(expected)
  })

  it('lets a role that is limited to other clients see nothing of this one', async () => {
    const member = await makeMember(cast.teamId, ['clients.read', 'clients.update'], [])
    expect(await outcome(updateClient({ ctx: member, input: { clientId, name: 'Other' } }))).toBe('not_found')
    expect(await outcome(setLogo({ ctx: member, input: { clientId, content: PNG } }))).toBe('not_found')
  })

  it('keeps lines, takes an empty text as none, and refuses what is too long or invisible', async () => {
    const described = async (description: string) => (await updateClient({ ctx: cast.owner, input: { clientId, description } })).description
    expect(await described('  One\r\nשלום 🦊\n\n<b>three</b> ')).toBe('One\nשלום 🦊\n\n<b>three</b>')
    expect(await described(' \n ')).toBeNull()
    expect(await described('🦊'.repeat(1000))).toBe('🦊'.repeat(1000))
    const refused = async (description: string) => outcome(updateClient({ ctx: cast.owner, input: { clientId, description } }))
    for (const text of ['x'.repeat(1001), 'a\u202eb', 'a\0b', 'a\u001bb']) expect(await refused(text), text).toBe('validation_failed')
  })

  it('writes one event for each thing that changed, and none for nothing', async () => {
    await updateClient({ ctx: cast.owner, input: { clientId, name: 'Store', description: 'Words' } })
    await updateClient({ ctx: cast.owner, input: { clientId, name: 'Store', description: 'Words' } })
    const events = await db().auditEvent.findMany({
      where: { targetId: clientId, action: { not: 'client.created' } },
      orderBy: { at: 'asc' },
    })
    expect(events.map(({ action, before, after }) => [action, before, after]).sort()).toEqual([
      ['client.described', { description: null }, { description: 'Words' }],
      ['client.renamed', { name: 'Shop' }, { name: 'Store' }],
    ])
  })

  it('tells the later of two editors, whatever they edit', async () => {
    const { version } = await getClient({ ctx: cast.owner, input: { clientId } })
    await updateClient({ ctx: cast.owner, input: { clientId, description: 'First', version } })
    const late = { clientId, version }
    expect(await outcome(updateClient({ ctx: cast.admin, input: { ...late, description: 'Second' } }))).toBe('conflict')
    expect(await outcome(setLogo({ ctx: cast.admin, input: { ...late, content: PNG } }))).toBe('conflict')
    expect(await outcome(removeLogo({ ctx: cast.admin, input: late }))).toBe('conflict')
    expect(await outcome(disableClient({ ctx: cast.admin, input: late }))).toBe('conflict')
    expect(await outcome(deleteClient({ ctx: cast.admin, input: late }))).toBe('conflict')
    expect((await getClient({ ctx: cast.owner, input: { clientId } })).description).toBe('First')
  })

  it('serves a logo at an address of its own, until it is replaced, removed or the client deleted', async () => {
    const at = (uri: string | null) => readLogo(clientId, uri?.split('/').at(-1) ?? '')
    const first = await setLogo({ ctx: cast.owner, input: { clientId, content: PNG } })
    expect(first.logoUri).toMatch(new RegExp(`^/logos/${clientId}/[\\w-]{22}$`))
    expect(await at(first.logoUri)).toMatchObject({ mediaType: 'image/png' })
    const second = await setLogo({ ctx: cast.owner, input: { clientId, content: pngOf(64, 64) } })
    expect(second.logoUri).not.toBe(first.logoUri)
    expect(await at(first.logoUri)).toBeNull()
    await deleteClient({ ctx: cast.owner, input: { clientId } })
    expect(await at(second.logoUri)).toBeNull()
    expect(await readLogo(`${clientId}' OR 1=1`, 'x')).toBeNull()
  })

  it.each([
    ['logo_required', Buffer.alloc(0)],
    ['logo_kind', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['logo_pixels', pngOf(2049, 10)],
    ['logo_too_large', pngOf(10, 10, 256 * 1024)],
  ])('refuses a picture: %s', async (code, content) => {
    await expect(setLogo({ ctx: cast.owner, input: { clientId, content } })).rejects.toMatchObject({ fields: [{ path: 'logo', code }] })
  })
})
