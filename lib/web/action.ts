import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { Ctx } from '#lib/context.ts'
import { AppError, type FieldError, isAppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { currentContext } from './context.ts'
import type { FormState } from './form-state.ts'
import { isSameOrigin } from './same-origin.ts'

/** Never sent back to the page that was posted. */
const NEVER_ECHOED = /password|secret|token|code|^\$ACTION/i

export type ActionAnswer<Result> = {
  /** Key below `clients.notices`, shown as a toast. */
  notice?: string
  params?: Record<string, string | number>
  result?: Result
}

/**
 * The one way from a form to a verb: checks that a page of this site sent it, builds the context, and turns what the verb throws into the
 * form's state, in the person's language. Next's own redirects and not-founds pass. What is unexpected is logged and answered generically.
 */
export async function runAction<Result>(
  data: FormData,
  work: (ctx: Ctx, text: (name: string) => string) => Promise<ActionAnswer<Result>>,
): Promise<FormState<Result>> {
  const ctx = await currentContext()
  const t = await getTranslations('clients')
  try {
    if (!isSameOrigin(await headers())) throw new AppError('permission_denied', { params: { permission: '' } })
    const { notice, params, result } = await work(ctx, (name) => textOf(data, name))
    const said = notice === undefined ? {} : { message: t(`notices.${notice}`, params) }
    return { status: 'ok', ...said, ...(result === undefined ? {} : { result }), stamp: Date.now() }
  } catch (error) {
    unstable_rethrow(error)
    return { ...(await describeFailure(error, ctx)), values: typed(data), stamp: Date.now() }
  }
}

async function describeFailure(error: unknown, ctx: Ctx): Promise<Pick<FormState, 'status' | 'message' | 'fields'>> {
  const t = await getTranslations('clients')
  if (!isAppError(error)) {
    log().error({ err: error, requestId: ctx.requestId }, 'a form failed')
    return { status: 'error', message: t('errors.unexpected', { requestId: ctx.requestId }) }
  }
  const { code, params, fields } = error
  if (fields.length > 0) {
    const texts = fields.map((field): [string, string] => [field.path.split('.')[0] ?? '', fieldText(t, field)])
    return { status: 'error', message: t('errors.validation_failed'), fields: Object.fromEntries(texts.reverse()) }
  }
  if (code === 'permission_denied' && !params.permission && !params.reason) return { status: 'error', message: t('errors.foreign_origin') }
  const narrower = params.reason ?? params.what
  const key = [`errors.${code}_${narrower}`, `errors.${code}`].find((one) => t.has(one))
  return { status: 'error', message: key ? t(key, params) : t('errors.unexpected', { requestId: ctx.requestId }) }
}

function fieldText(t: Awaited<ReturnType<typeof getTranslations<'clients'>>>, { code, message, params }: FieldError): string {
  const key = `fields.${code}`
  return code && t.has(key) ? t(key, params) : message
}

/** The text of a control; empty when it was not sent. */
export function textOf(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

function typed(data: FormData): Record<string, string | string[]> {
  const names = [...new Set(data.keys())].filter((name) => !NEVER_ECHOED.test(name))
  return Object.fromEntries(
    names.map((name) => {
      const values = data.getAll(name).filter((value) => typeof value === 'string')
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}
