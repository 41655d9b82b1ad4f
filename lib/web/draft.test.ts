import { beforeEach, describe, expect, it, vi } from 'vitest'
import { endSession, startSession } from '#lib/accounts/index.ts'
import { makeUser } from '#lib/testing/cast.ts'
import { useTestDatabase } from '#lib/testing/database.ts'
import { dropDraft, keepDraft, readDraft } from './draft.ts'

const browser = vi.hoisted(() => ({ jar: new Map<string, { value: string }>(), cookie: '', path: '/clients/cl_1/settings?a=1' }))

vi.mock('next/headers', () => ({
  headers: async () => new Headers({ cookie: browser.cookie, 'x-xwms-path': browser.path }),
  cookies: async () => ({
    get: (name: string) => browser.jar.get(name),
    set: (name: string, value: string) => browser.jar.set(name, { value }),
    delete: (name: string) => browser.jar.delete(name),
  }),
}))

describe('a draft', () => {
  useTestDatabase()

  beforeEach(() => {
    browser.jar.clear()
    browser.cookie = ''
    browser.path = '/clients/cl_1/settings?a=1'
  })

  it('is kept for the page and the form that it was typed in, and only where its mark is', async () => {
    const path = await keepDraft({ _form: 'rename', name: 'Zoë <b>' })
    expect(path).toMatch(/^\/clients\/cl_1\/settings\?a=1&draft=[\w-]{8}$/)
    expect(await readDraft('usr_1')).toBeNull()
    browser.path = path ?? ''
    expect(await readDraft('usr_1')).toEqual({
      path: '/clients/cl_1/settings',
      form: 'rename',
      values: { _form: 'rename', name: 'Zoë <b>' },
    })
    browser.path = '/clients/cl_1/settings?draft=AAAAAAAA'
    expect(await readDraft('usr_1')).toBeNull()
  })

  it('is unreadable in the browser, and forgotten once a form went through', async () => {
    browser.path = (await keepDraft({ _form: '', name: 'Plain words here' })) ?? ''
    const stored = [...browser.jar.values()].map(({ value }) => value).join('')
    expect(Buffer.from(stored, 'base64url').toString('latin1')).not.toContain('Plain')
    expect(await readDraft('usr_1')).not.toBeNull()
    await dropDraft()
    expect(browser.jar.size).toBe(0)
    expect(await readDraft('usr_1')).toBeNull()
  })

  it('is long enough for lists, and says when it is not', async () => {
    const random = (length: number) => Array.from({ length }, () => Math.random().toString(36).slice(2, 3)).join('')
    const long = random(9_000)
    browser.path = (await keepDraft({ _form: '', ips: long })) ?? ''
    expect(browser.jar.size).toBeGreaterThan(1)
    for (const { value } of browser.jar.values()) expect(value.length).toBeLessThan(4_000)
    expect((await readDraft('usr_1'))?.values.ips).toBe(long)
    expect(await keepDraft({ _form: '', ips: random(40_000) })).toBeNull()
  })

  it('is shown to the person whose session it was, also after its end, and to nobody else', async () => {
    const user = await makeUser('typist')
    const { token, sessionId } = await startSession({
      ctx: user,
      input: { userId: user.userId, amr: ['pwd'], remember: false, cookieHeader: null },
    })
    await endSession({ ctx: user, input: { sessionId } })
    browser.cookie = `next-auth.session-token=${token}`
    browser.path = (await keepDraft({ _form: '', name: 'Mine' })) ?? ''
    expect(await readDraft('usr_other')).toBeNull()
    expect((await readDraft(user.userId))?.values.name).toBe('Mine')
  })

  it('survives nonsense in its cookies', async () => {
    browser.path = (await keepDraft({ _form: '', name: 'Mine' })) ?? ''
    for (const value of ['', 'x', 'A'.repeat(100)]) {
      browser.jar.set('xwms.draft.0', { value })
      expect(await readDraft('usr_1')).toBeNull()
    }
  })
})
