import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ctx } from '#lib/context.ts'
import { parseEnv } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { setSingleton } from '#lib/registry.ts'
import { TEST_ENV } from '#lib/testing/constants.ts'

const request = vi.hoisted(() => ({ headers: new Headers(), locale: 'en' as 'en' | 'nl', draft: '/here?draft=1' as string | null }))

vi.mock('next/headers', () => ({ headers: async () => request.headers, cookies: async () => new Map() }))
vi.mock('./draft.ts', () => ({ keepDraft: vi.fn(async () => request.draft), dropDraft: vi.fn(async () => {}) }))
vi.mock('next/navigation', () => ({
  redirect: (path: string) => {
    throw new Error(`sent to ${path}`)
  },
  unstable_rethrow: (error: unknown) => {
    if (error instanceof Error && error.message === 'NEXT_REDIRECT') throw error
  },
}))
vi.mock('next-intl/server', async () => {
  const { createTranslator } = await import('next-intl')
  const { messagesOf } = await import('./i18n/messages.ts')
  return {
    getTranslations: async (namespace: string) =>
      createTranslator({ locale: request.locale, messages: messagesOf(request.locale) as never, namespace: namespace as never }),
  }
})
vi.mock('./context.ts', () => ({
  currentContext: async (): Promise<Ctx> => ({
    actor: { kind: 'nobody' },
    requestId: 'req_1',
    ip: null,
    userAgent: null,
    locale: request.locale,
  }),
}))

const { runAction } = await import('./action.ts')
const { keepDraft } = await import('./draft.ts')

function form(values: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}

describe('runAction', () => {
  beforeEach(() => {
    setSingleton('env', parseEnv({ ...TEST_ENV, PUBLIC_URL: 'http://localhost:3000' }))
    request.headers = new Headers({ origin: 'http://localhost:3000' })
    request.locale = 'en'
    request.draft = '/here?draft=1'
  })

  it.each(['https://evil.example', 'null', 'http://localhost:3001', 'http://localhost:3000.evil.example'])(
    'runs nothing for the origin %s',
    async (origin) => {
      request.headers = new Headers({ origin, 'sec-fetch-site': 'same-origin' })
      const work = vi.fn(async () => ({}))
      const state = await runAction(form({ name: 'typed' }), work)
      expect(work).not.toHaveBeenCalled()
      expect(state).toMatchObject({
        status: 'error',
        message: expect.stringContaining('did not come from this site'),
        values: { name: 'typed' },
      })
    },
  )

  it('answers with a notice and the result', async () => {
    const state = await runAction(form({ name: 'Shop' }), async (_, text) => ({
      notice: 'disabled',
      params: { name: text('name') },
      result: 7,
    }))
    expect(state).toMatchObject({ status: 'ok', message: 'Shop is disabled.', result: 7 })
    expect(state.values).toBeUndefined()
  })

  it('says what is wrong with each field, in the language of the person, and keeps what was typed', async () => {
    request.locale = 'nl'
    const fields = [
      { path: 'ipAllowlist.1', message: 'x: not an address', code: 'cidr_invalid', params: { value: 'x' } },
      { path: 'other', message: 'Only in English', code: 'no_such_code' },
    ]
    const state = await runAction(form({ host: 'a.example.com', password: 'secret one', clientSecret: 's' }), async () => {
      throw new AppError('validation_failed', { fields })
    })
    expect(state.fields).toEqual({
      ipAllowlist: 'x is geen IP-adres of CIDR zoals 203.0.113.0/24 of 2001:db8::/32.',
      other: 'Only in English',
    })
    expect(state.values).toEqual({ host: 'a.example.com' })
  })

  it.each([
    [new AppError('limit_reached', { params: { what: 'clients', plan: 'Free', limit: 10 } }), 'The plan Free allows 10 clients'],
    [new AppError('conflict', { params: { reason: 'version', name: 'Shop' } }), 'Someone else changed this client'],
    [new AppError('permission_denied', { params: { permission: 'clients.update' } }), 'clients.update'],
    [new AppError('permission_denied', { params: { reason: 'operator' } }), 'Your team cannot lift that'],
    [new AppError('not_found'), 'no longer there'],
    [new Error('connection to 10.0.0.1 refused'), 'req_1'],
  ])('translates %s', async (error, expected) => {
    const { status, message } = await runAction(form({}), async () => {
      throw error
    })
    expect({ status, message }).toEqual({ status: 'error', message: expect.stringContaining(expected) })
    expect(message).not.toContain('10.0.0.1')
  })

  it('sends whose session has ended to the log-in page, with what was typed kept, but never a secret', async () => {
    const sent = runAction(form({ name: 'Typed', clientSecret: 's', password: 'p' }), async () => {
      throw new AppError('unauthenticated')
    })
    await expect(sent).rejects.toThrow('sent to /login?returnTo=%2Fhere%3Fdraft%3D1')
    expect(keepDraft).toHaveBeenLastCalledWith({ name: 'Typed' })
  })

  it('says it in the form when that is too much to keep', async () => {
    request.draft = null
    const state = await runAction(form({ name: 'Typed' }), async () => {
      throw new AppError('unauthenticated')
    })
    expect(state).toMatchObject({ message: expect.stringContaining('You are logged out'), values: { name: 'Typed' } })
  })

  it("lets Next's redirects pass", async () => {
    await expect(
      runAction(form({}), async () => {
        throw new Error('NEXT_REDIRECT')
      }),
    ).rejects.toThrow('NEXT_REDIRECT')
  })
})
