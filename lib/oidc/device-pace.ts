import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { requestState } from './request-state.ts'
import { notePoll } from './store/device-polls.sql.ts'
import { hashId } from './store/hash-id.ts'
import { DEVICE_CODE_TTL } from './ttl.ts'

/** Seconds between two polls of a device, as it is told (RFC 8628 §3.2). */
const INTERVAL = 5

/**
 * Holds devices to their interval (RFC 8628 §3.5): who asks sooner hears `slow_down`, and has to wait five seconds longer from then on. Only
 * while the person has not answered: an answer is never held back.
 */
export async function paceDevices(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next()
  const { route, params } = ctx.oidc ?? {}
  if (route === 'device_authorization' && ctx.status === 200) ctx.body = { ...(ctx.body as object), interval: INTERVAL }
  const state = requestState(ctx)
  if (route !== 'token' || !state || !(state.error instanceof errors.AuthorizationPending)) return
  const idHash = hashId('DeviceCode', String(params?.device_code))
  if (!(await notePoll({ idHash, interval: INTERVAL, lifetime: DEVICE_CODE_TTL }))) return
  const tooSoon = new errors.SlowDown('polled too soon: wait five seconds longer between requests from now on')
  state.error = tooSoon
  ctx.body = { error: tooSoon.error, error_description: tooSoon.error_description }
}
