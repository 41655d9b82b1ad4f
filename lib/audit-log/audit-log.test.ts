import { beforeAll, describe, expect, it } from 'vitest'
import { createClient, createSecret, disableClient, renameClient, revokeSecret, rotateSecret } from '#lib/clients/index.ts'
import { db } from '#lib/db.ts'
import { setDomain } from '#lib/domains/index.ts'
import { allowConsent } from '#lib/grants/index.ts'
import { inviteMember } from '#lib/invitations/index.ts'
import { renameTeam } from '#lib/teams/index.ts'
import { type Cast, makeCast, makeMember, outcome } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { changesOf, redact } from './changes.ts'
import { exportEvents, listEvents } from './index.ts'
import type { ListEventsInput } from './schemas.ts'

useTestDatabase()
let cast: Cast
let [shop, blog]: string[] = []
const secrets: string[] = []

beforeAll(async () => {
  cast = await makeCast()
  for (const name of ['Shop', '=HYPERLINK("http://evil")']) {
    const { client, secret } = await createClient({ ctx: cast.owner, input: { teamId: cast.teamId, name } })
    secrets.push(secret?.value ?? '')
    if (!shop) shop = client.id
    else blog = client.id
  }
  const clientId = shop ?? ''
  const made = await createSecret({ ctx: cast.developer, input: { clientId, mode: 'test', label: 'CI' } })
  const { secret } = await rotateSecret({ ctx: cast.developer, input: { clientId, secretId: made.id, overlap: 'now' } })
  await revokeSecret({ ctx: cast.developer, input: { clientId, secretId: secret.id } })
  secrets.push(made.value, secret.value)
  await setDomain({ ctx: cast.developer, input: { clientId, host: 'shop.example.com', ipAllowlist: ['203.0.113.0/24'] } })
  await setDomain({ ctx: cast.developer, input: { clientId, host: 'shop.example.com', ipAllowlist: ['198.51.100.1'] } })
  await disableClient({ ctx: cast.admin, input: { clientId: blog ?? '' } })
  await renameTeam({ ctx: cast.admin, input: { teamId: cast.teamId, name: 'Renamed' } })
  const { link } = await inviteMember({ ctx: cast.owner, input: { teamId: cast.teamId, email: 'x@example.test', roleId: 'rol_viewer' } })
  secrets.push(link?.split('/').at(-1) ?? '')
  await allowConsent({ ctx: cast.stranger, input: { clientId, scopes: ['openid'] } })
})

const list = (ctx: Cast['owner'], input: Partial<ListEventsInput> = {}) => listEvents({ ctx, input: { teamId: cast.teamId, ...input } })
const actions = async (input: Partial<ListEventsInput>, ctx = cast.owner) => (await list(ctx, input)).events.map(({ action }) => action)

describe('listEvents', () => {
  it.each([
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['developer', 'permission_denied'],
    ['viewer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
    ['system', 'ok'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(list(cast[actor]))).toBe(expected)
  })

  it('tells who changed what, from where, before and after', async () => {
    const [event] = (await list(cast.owner, { action: 'domain.changed' })).events
    expect(event).toMatchObject({
      actor: { kind: 'user', name: 'developer' },
      target: { type: 'domain', name: 'shop.example.com' },
      client: { id: shop, name: 'Shop' },
      ip: '203.0.113.9',
      changes: [{ field: 'ipAllowlist', added: ['198.51.100.1/32'], removed: ['203.0.113.0/24'] }],
      undo: { permission: 'domains.manage' },
      undone: false,
    })
  })

  it('filters by who, what, which and when', async () => {
    const admin = cast.admin.actor.kind === 'user' ? cast.admin.actor.userId : ''
    expect(await actions({ actor: admin })).toEqual(['team.renamed', 'client.disabled'])
    expect(await actions({ actor: 'system' })).toEqual([])
    expect(await actions({ action: 'team' })).toEqual(['team.renamed', 'team.created'])
    expect(await actions({ action: 'tea' })).toEqual([])
    expect(await actions({ target: blog ?? '' })).toEqual(['client.disabled', 'secret.created', 'client.created', 'domain.added'])
    expect(await actions({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([])
    expect(await actions({ to: '2026-01-01T00:00:00+02:00' })).toEqual([])
    for (const wrong of [{ action: "x' OR 1=1" }, { from: 'yesterday' }, { target: 'a\0' }, { cursor: 'x' }]) {
      expect(await outcome(list(cast.owner, wrong))).toBe('validation_failed')
    }
  })

  it('pages through all of it once, newest first, also within one millisecond', async () => {
    await db().auditEvent.updateMany({
      where: { teamId: cast.teamId, clientId: blog ?? '' },
      data: { at: new Date('2026-01-02T03:04:05.678Z') },
    })
    const all = (await list(cast.owner)).events.map(({ id }) => id)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(cast.owner, { limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.events.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toEqual(all)
    expect(new Set(seen).size).toBe(all.length)
  })

  it('shows a member limited to chosen clients what is about those, and no team what people allowed', async () => {
    const limited = await makeMember(cast.teamId, ['audit.read', 'clients.read'], [blog ?? ''])
    expect(new Set((await list(limited)).events.map(({ client }) => client?.id))).toEqual(new Set([blog]))
    expect(await actions({ target: shop ?? '' }, limited)).toEqual([])
    expect(await db().auditEvent.count({ where: { teamId: cast.teamId, action: 'consent.allowed' } })).toBe(1)
    expect((await actions({})).filter((action) => action.startsWith('consent'))).toEqual([])
  })
})

describe('no secret', () => {
  it('is in any event, nor its hash', async () => {
    const events = await db().auditEvent.findMany()
    const stored = JSON.stringify(events)
    expect(secrets.every((secret) => secret.length > 20)).toBe(true)
    for (const secret of secrets) expect(stored).not.toContain(secret)
    expect(stored).not.toMatch(/xws_(test|live)_/)
    for (const { hash } of await db().clientSecret.findMany()) {
      for (const form of ['hex', 'base64', 'base64url'] as const) expect(stored).not.toContain(Buffer.from(hash).toString(form))
    }
  })

  it('would be shown if one were', () => {
    const value = {
      label: `mine ${secrets[0]}`,
      client_secret: 'x',
      uri: 'https://a:b@example.com/',
      list: [{ token: 't', name: 'n' }],
      hint: 'abcd',
    }
    expect(redact(value)).toEqual({
      label: 'mine [redacted]',
      client_secret: '[redacted]',
      uri: 'https://[redacted]example.com/',
      list: [{ token: '[redacted]', name: 'n' }],
      hint: 'abcd',
    })
  })
})

describe('changesOf', () => {
  it.each([
    [{ name: 'A', host: 'h' }, { name: 'B', host: 'h' }, [{ field: 'name', before: 'A', after: 'B' }]],
    [null, { name: 'B', expiresAt: null }, [{ field: 'name', before: null, after: 'B' }]],
    [{ email: 'a' }, null, [{ field: 'email', before: 'a', after: null }]],
    [{ on: true }, { on: false }, [{ field: 'on', before: 'true', after: 'false' }]],
    [null, null, []],
    ['x', [1], []],
  ])('%o to %o', (before, after, expected) => {
    expect(changesOf(before, after)).toEqual(expected)
  })

  it('says what was added to a list and removed', () => {
    const scopes = (...names: string[]) => ({ scopes: names.map((name) => ({ name, optional: name === 'phone' })) })
    expect(changesOf(scopes('openid', 'email'), scopes('openid', 'phone'))).toMatchObject([
      { added: ['phone (optional)'], removed: ['email'] },
    ])
  })
})

describe('exportEvents', () => {
  const whole = async (format: 'csv' | 'jsonl', ctx = cast.owner) => {
    let text = ''
    for await (const piece of exportEvents({ ctx, input: { teamId: cast.teamId }, format })) text += piece
    return text
  }

  it.each([
    ['owner', 'ok'],
    ['developer', 'permission_denied'],
    ['stranger', 'not_found'],
    ['nobody', 'unauthenticated'],
  ] as const)('%s: %s', async (actor, expected) => {
    expect(await outcome(whole('csv', cast[actor]))).toBe(expected)
  })

  it('writes one line of JSON for each event', async () => {
    const lines = (await whole('jsonl')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).action)).toEqual(await actions({}))
    expect(JSON.parse(lines.find((line) => line.includes('"domain.changed"')) ?? '{}')).toMatchObject({
      actor_name: 'developer',
      before: { ipAllowlist: ['203.0.113.0/24'] },
    })
  })

  it('writes CSV that no spreadsheet runs', async () => {
    await renameClient({ ctx: cast.owner, input: { clientId: shop ?? '', name: '+cmd|x' } })
    const csv = await whole('csv')
    expect(csv.split('\r\n')[0]).toBe(
      'at,action,actor_kind,actor_id,actor_name,actor_email,target_type,target_id,target_name,client_id,before,after,ip,user_agent,request_id',
    )
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(csv).toContain(",'+cmd|x,")
    expect(csv).not.toMatch(/(^|,|\n)"?[=+@-](?!\d)/)
  })
})
