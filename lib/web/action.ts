import { headers } from 'next/headers'
import { redirect, unstable_rethrow } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { Ctx } from '#lib/context.ts'
import { AppError, type FieldError, isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { currentContext } from './context.ts'
import { dropDraft, keepDraft } from './draft.ts'
import type { FormState } from './form-state.ts'
import { isSameOrigin } from './same-origin.ts'
import { typed } from './typed.ts'

export type ActionAnswer<Result> = {
  /** Key below the area's `notices`, shown as a toast. */
  notice?: string
  params?: Record<string, string | number>
  result?: Result
  /** The form keeps what was typed: nothing was changed yet. */
  keep?: true
}

/** Where texts of failures and fields are looked up when the area of the form has none of its own. */
const COMMON_AREAS = ['clients', 'auth']

/**
 * The one way from a form to a verb: checks that a page of this site sent it, builds the context, and turns what the verb throws into the
 * form's state, in the person's language. Whose session has ended is sent to the log-in page, and finds what was typed when back. Next's own
 * redirects and not-founds pass. What is unexpected is logged and answered generically.
 * `area` is the namespace of the texts: its `notices`, and its `errors` and `fields` where it has better ones than `clients`.
 */
export async function runAction<Result>(
  data: FormData,
  work: (ctx: Ctx, text: (name: string) => string) => Promise<ActionAnswer<Result>>,
  area = 'clients',
): Promise<FormState<Result>> {
  const ctx = await currentContext()
  const t = await getTranslations(area)
  try {
    if (!isSameOrigin(await headers())) throw new AppError('permission_denied', { params: { permission: '' } })
    const { notice, params, result, keep } = await work(ctx, (name) => textOf(data, name))
    await dropDraft()
    const said = notice === undefined ? {} : { message: t(`notices.${notice}`, params) }
    return {
      status: 'ok',
      ...said,
      ...(result === undefined ? {} : { result }),
      ...(keep ? { values: typed(data) } : {}),
      stamp: Date.now(),
    }
  } catch (error) {
    unstable_rethrow(error)
    await backToLogin(error, ctx, data)
    return { ...(await describeFailure(error, ctx, area)), values: typed(data), stamp: Date.now() }
  }
}

/** A session that ended while the form was filled in: log in, and come back to what was typed. Returns when that is not the case. */
async function backToLogin(error: unknown, ctx: Ctx, data: FormData): Promise<void> {
  if (ctx.actor.kind !== 'nobody' || !isAppError(error) || error.code !== 'unauthenticated') return
  const path = await keepDraft(typed(data))
  if (path) redirect(`/login?returnTo=${encodeURIComponent(path)}`)
}

/** A text by the first of `keys` that one of the areas has, the own area first. */
type Find = (keys: string[], params: Record<string, string | number>) => string | undefined

async function finder(area: string): Promise<Find> {
  const areas = [...new Set([area, ...COMMON_AREAS])]
  const translators = await Promise.all(areas.map((name) => getTranslations(name)))
  return (keys, params) => {
    for (const t of translators) {
      const key = keys.find((one) => t.has(one))
      if (key) return t(key, params)
    }
    return undefined
  }
}

async function describeFailure(error: unknown, ctx: Ctx, area: string): Promise<Pick<FormState, 'status' | 'message' | 'fields'>> {
  const find = await finder(area)
  const { requestId } = ctx
  const unexpected = () => find(['errors.unexpected'], { requestId }) ?? requestId
  if (!isAppError(error)) {
    log().error({ err: error, requestId }, 'a form failed')
    return { status: 'error', message: unexpected() }
  }
  const { code, params, fields } = error
  if (fields.length > 0) {
    const texts = fields.map((field): [string, string] => [nameOf(field.path), fieldText(find, field)])
    return { status: 'error', message: find(['errors.validation_failed'], {}) ?? '', fields: Object.fromEntries(texts.reverse()) }
  }
  if (code === 'permission_denied' && !params.permission && !params.reason)
    return { status: 'error', message: find(['errors.foreign_origin'], {}) ?? unexpected() }
  const keys = [`errors.${code}_${params.reason ?? params.what}`, `errors.${code}`]
  return { status: 'error', message: find(keys, params) ?? unexpected() }
}

/** The control that a wrong member belongs to: `ipAllowlist.1` is typed into `ipAllowlist`, `address.city` into itself. */
function nameOf(path: string): string {
  return path.replace(/\.\d.*$/, '')
}

function fieldText(find: Find, { code, message, params = {} }: FieldError): string {
  return (code ? find([`fields.${code}`], params) : undefined) ?? message
}

/** The text of a control; empty when it was not sent. */
function textOf(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
