import type { ClientDetail } from '#lib/clients/index.ts'
import { isAppError } from '#lib/errors.ts'
import { type PreviewedRequest, previewRequest } from '#lib/explain/index.ts'
import { requireUserContext } from '../context.ts'
import type { LogParams } from './page-data.ts'

/** What the form of an imagined request holds, as its address says. */
export type Imagined = { use: 'api' | 'login'; domain: string; secret: string; ip: string; secure: boolean; browser: boolean; at: string }

export type PreviewOfPage = {
  imagined: Imagined
  /** Null until the form was sent. */
  preview: PreviewedRequest | null
  /** Names of fields that make no sense. */
  wrong: string[]
}

/** The form of a page, filled from its address or with what is likely, and the gate's answer once it was sent. */
export async function previewOfPage(client: ClientDetail, params: LogParams): Promise<PreviewOfPage> {
  const ctx = await requireUserContext()
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  const sent = params.secret !== undefined
  const primary = client.domains.find(({ primary: first }) => first) ?? client.domains[0]
  const fitting = client.secrets.find(({ mode, state }) => mode === primary?.mode && (state === 'active' || state === 'expiring'))
  const imagined: Imagined = {
    use: text('use') === 'login' ? 'login' : 'api',
    domain: params.domain === undefined ? (primary?.host ?? '') : text('domain'),
    secret: sent ? text('secret') : (fitting?.id ?? 'wrong'),
    ip: params.ip === undefined ? (ctx.ip ?? '203.0.113.4') : text('ip'),
    secure: sent ? text('secure') === 'on' : true,
    browser: text('browser') === 'on',
    at: text('at'),
  }
  if (!sent) return { imagined, preview: null, wrong: [] }
  const { at, ...rest } = imagined
  try {
    const preview = await previewRequest({ ctx, input: { clientId: client.id, ...rest, ...(at ? { at } : {}) } })
    return { imagined, preview, wrong: [] }
  } catch (error) {
    if (!isAppError(error) || error.code === 'unauthenticated') throw error
    return { imagined, preview: null, wrong: error.fields.map(({ path }) => path) }
  }
}
